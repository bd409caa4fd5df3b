import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useKeyLayer, useKeysOf, WithinKeyLayer } from '../keys/key-layer.tsx';
import styles from './sheet.module.css';

interface SheetProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const focusable = 'button, [href], input, select, textarea, [tabindex]:not([tabindex="-1"])';

/** Where each sheet gives the focus back to, for the sheet that takes its place. */
const returns = new WeakMap<Element, readonly HTMLElement[]>();

/** What has the focus now, and what had it before the sheet that it is in. */
function focusBefore(): readonly HTMLElement[] {
  const now = document.activeElement;
  if (!(now instanceof HTMLElement) || now === document.body) return [];
  const within = now.closest('[role="dialog"]');
  return [now, ...(within === null ? [] : (returns.get(within) ?? []))];
}

/**
 * A sheet at the right of the screen. It fills the place its screen gives it, never covers the vitals and is not
 * modal: the rest of the room goes on. Takes the focus, gives it back, and closes with Escape. While it is open its
 * keys are its own: none reaches what lies behind it.
 */
export function Sheet({ label, onClose, children }: SheetProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const layer = useKeyLayer();
  // With the focus elsewhere in the room, too.
  useKeysOf(layer, (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  });
  // Asked before anything in the sheet is there: a field inside takes the focus earlier than any effect out here.
  const [before] = useState(focusBefore);
  useLayoutEffect(() => {
    const element = sheet.current;
    if (element === null) return;
    // A page that comes together with its sheet has given a field of its own the focus just now.
    const given = focusBefore().filter((one) => !element.contains(one));
    returns.set(element, [...given, ...before]);
  }, [before]);
  useEffect(() => {
    const element = sheet.current;
    // A field inside may have taken the focus already.
    if (element !== null && !element.contains(document.activeElement)) (element.querySelector<HTMLElement>(focusable) ?? element).focus();
    return () => {
      const lost =
        document.activeElement === null || document.activeElement === document.body || element?.contains(document.activeElement) === true;
      const places = element === null ? [] : (returns.get(element) ?? []);
      if (lost) places.find((one) => one.isConnected)?.focus();
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
      <WithinKeyLayer layer={layer}>{children}</WithinKeyLayer>
    </div>
  );
}
