import { useEffect, useRef, type ReactNode } from 'react';
import styles from './sheet.module.css';

export interface SheetProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const focusable = 'button, [href], input, select, textarea, [tabindex]:not([tabindex="-1"])';

/**
 * A sheet at the right of the screen. It fills the place its screen gives it, never covers the vitals and is not
 * modal: the rest of the room goes on. Takes the focus, gives it back, and closes with Escape.
 */
export function Sheet({ label, onClose, children }: SheetProps) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const element = sheet.current;
    // A field inside may have taken the focus already.
    if (element !== null && !element.contains(document.activeElement)) (element.querySelector<HTMLElement>(focusable) ?? element).focus();
    return () => {
      const lost =
        document.activeElement === null || document.activeElement === document.body || element?.contains(document.activeElement) === true;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      ref={sheet}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className={styles.sheet}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}
