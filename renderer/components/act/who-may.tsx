import type { ReactNode } from 'react';
import { isFor, type Asked } from '../../../shared/contract/role-table.ts';
import { roles } from '../../../shared/contract/board/people.ts';
import { useSignInRequest, useSignInSheet } from '../../live/sign-in-request.tsx';
import { useIsNobodys } from '../../live/use-who-may.ts';
import { signInText } from '../../text/sign-in.ts';
import { Button } from '../button.tsx';
import { Icon } from '../icon.tsx';
import styles from './who-may.module.css';

interface AskedFirstProps {
  /** null where it is everybody's. */
  readonly asked: Asked | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** If nobody at this page may record what a sheet is for, the sign-in of somebody who may is shown first, and then the sheet. */
export function AskedFirst({ asked, onClose, children }: AskedFirstProps) {
  const drawSignIn = useSignInSheet();
  return useIsNobodys(asked) && asked !== null ? drawSignIn(onClose, asked, () => undefined) : children;
}

/** The same on a card, which keeps its place: it says whose the form is, and leads to their sign-in. */
export function WhoMay({ asked, children }: { readonly asked: Asked; readonly children: ReactNode }) {
  const askSignIn = useSignInRequest();
  if (!useIsNobodys(asked)) return children;
  return (
    <div className={styles.note}>
      <p className={styles.words}>
        <Icon name="note" size={22} />
        <span>{signInText.isFor(rolesFor(asked))}</span>
      </p>
      <Button onPress={() => askSignIn(asked)}>{signInText.signInFor}</Button>
    </div>
  );
}

/** The roles that may do it, in words. */
export function rolesFor(asked: Asked): readonly string[] {
  return roles.filter((role) => isFor(role, asked)).map((role) => signInText.role[role]);
}
