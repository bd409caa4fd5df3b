import { Fragment, type ReactNode } from 'react';
import type { Asked } from '../../shared/contract/role-table.ts';
import { SignInRequestProvider } from '../live/sign-in-request.tsx';
import { PageBanner } from './page-banner.tsx';
import { PageFooter } from './page-footer.tsx';
import { useSheetPlace } from './sheet-place.ts';
import styles from './page-frame.module.css';

export interface PageFrameProps {
  /** What the page is about, at the left of the banner. */
  readonly about: ReactNode;
  readonly footer: ReactNode;
  readonly onHome?: () => void;
  readonly children: ReactNode;
  /** A sheet of this page that is open now. */
  readonly sheet?: ReactNode;
  /** Begins with the sign-in open, where a page is of no use without a person. */
  readonly asksWhoFirst?: boolean;
  readonly signIn: (onClose: () => void, asked?: Asked) => ReactNode;
}

/** Banner, page, footer; sheets at the right over the page. */
export function PageFrame({ about, footer, onHome, children, sheet, asksWhoFirst = false, signIn }: PageFrameProps) {
  const place = useSheetPlace<{ readonly asked?: Asked }>(asksWhoFirst ? {} : null);
  const open = place.sheet === null ? (sheet ?? null) : <Fragment key={place.key}>{signIn(place.close, place.sheet.asked)}</Fragment>;
  return (
    <SignInRequestProvider value={(asked) => place.open(asked === undefined ? {} : { asked })}>
      <div className={styles.frame}>
        <PageBanner {...(onHome === undefined ? {} : { onHome })}>{about}</PageBanner>
        <div className={styles.page}>
          <main className={styles.main}>{children}</main>
          {open === null ? null : <aside className={styles.sheet}>{open}</aside>}
        </div>
        <PageFooter>{footer}</PageFooter>
      </div>
    </SignInRequestProvider>
  );
}
