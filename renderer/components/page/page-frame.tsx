import type { ReactNode } from 'react';
import type { Asked } from '../../../shared/contract/role-table.ts';
import { SignInRequestProvider, useSignInSheet } from '../../live/sign-in-request.tsx';
import { PageBanner } from './page-banner.tsx';
import { PageFooter } from './page-footer.tsx';
import { useSheetPlace } from '../sheet/sheet-place.ts';
import styles from './page-frame.module.css';

interface PageFrameProps {
  /** What the page is about, at the left of the banner. */
  readonly about: ReactNode;
  readonly footer: ReactNode;
  readonly onHome?: () => void;
  readonly children: ReactNode;
  /** A sheet of this page that is open now. */
  readonly sheet?: ReactNode;
  /** Begins with the sign-in open, where a page is of no use without a person. */
  readonly asksWhoFirst?: boolean;
}

/** Banner, page, footer; sheets at the right over the page. What was begun in one is there again after a sign-in. */
export function PageFrame({ about, footer, onHome, children, sheet = null, asksWhoFirst = false }: PageFrameProps) {
  const drawSignIn = useSignInSheet();
  const place = useSheetPlace<{ readonly asked: Asked | undefined; readonly isOver: boolean }>(
    asksWhoFirst ? { asked: undefined, isOver: false } : null,
  );
  return (
    <SignInRequestProvider value={(asked) => place.open({ asked, isOver: sheet !== null })}>
      <div className={styles.frame}>
        <PageBanner {...(onHome === undefined ? {} : { onHome })}>{about}</PageBanner>
        <div className={styles.page}>
          <main className={styles.main}>{children}</main>
          {sheet === null || place.sheet?.isOver === false ? null : (
            <aside className={styles.sheet} hidden={place.sheet !== null}>
              {sheet}
            </aside>
          )}
          {place.sheet === null ? null : (
            <aside key={place.key} className={styles.sheet}>
              {drawSignIn(place.close, place.sheet.asked)}
            </aside>
          )}
        </div>
        <PageFooter>{footer}</PageFooter>
      </div>
    </SignInRequestProvider>
  );
}
