import type { ReactNode } from 'react';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { SheetHead } from './sheet-head.tsx';
import { Sheet } from './sheet.tsx';
import styles from './sheet-view.module.css';

interface SheetViewProps {
  readonly title: string;
  /** Drawn before the title. */
  readonly icon?: ReactNode;
  readonly words?: ReactNode;
  readonly aside?: string;
  /** Buttons beside the one that closes it. */
  readonly tools?: ReactNode;
  readonly close: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

/** A sheet that shows something or leads to another sheet. It has no button that records it as a whole. */
export function SheetView({ title, icon, words, aside, tools, close, onClose, children, className }: SheetViewProps) {
  return (
    <Sheet label={title} onClose={onClose}>
      <div className={classNames(styles.view, className)}>
        <SheetHead
          title={
            <>
              {icon}
              {title}
            </>
          }
          {...(words === undefined ? {} : { words })}
          {...(aside === undefined ? {} : { aside })}
        >
          {tools}
          <Button onPress={onClose}>{close}</Button>
        </SheetHead>
        {children}
      </div>
    </Sheet>
  );
}
