import { useRef, type ReactNode } from 'react';
import { bringIntoSight } from '../into-sight.ts';
import { NumberPad } from './number-pad.tsx';
import styles from './typing-pad.module.css';

interface TypingPadProps {
  /** What the digits are for, to those who hear it. */
  readonly label: string;
  readonly withoutPoint?: boolean;
  /** The fields; the one that has the focus, or had it last, gets the digits. */
  readonly children: ReactNode;
}

/** Fields of figures with the one pad that types into them: a touch screen has no keys. */
export function TypingPad({ label, withoutPoint = false, children }: TypingPadProps) {
  const fields = useRef<HTMLDivElement>(null);
  const pad = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLInputElement | null>(null);
  const field = (): HTMLInputElement | null => {
    const known = last.current;
    const found = known?.isConnected === true ? known : (fields.current?.querySelector('input') ?? null);
    if (found !== null && document.activeElement !== found) found.focus();
    return found;
  };
  return (
    <div className={styles.both}>
      <div
        ref={fields}
        className={styles.fields}
        onFocus={({ target }) => {
          if (!(target instanceof HTMLInputElement)) return;
          last.current = target;
          // The whole pad, above whatever lies at the foot of the sheet; the field itself where there is no room for both.
          bringIntoSight(pad.current);
          bringIntoSight(target);
        }}
      >
        {children}
      </div>
      <NumberPad
        label={label}
        withoutPoint={withoutPoint}
        onKey={(key) => type(field(), key)}
        onErase={() => erase(field())}
        padRef={pad}
      />
    </div>
  );
}

/** As a keyboard would: at the caret, within the field's length, and told to whoever listens to the field. */
function type(field: HTMLInputElement | null, key: string): void {
  if (field === null || (key === '.' && field.value.includes('.'))) return;
  const [from, to] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
  if (field.value.length - (to - from) >= Number(field.dataset.lengthMax ?? Infinity)) return;
  replace(field, key, from, to);
}

function erase(field: HTMLInputElement | null): void {
  if (field === null) return;
  const [from, to] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
  replace(field, '', from === to ? Math.max(0, from - 1) : from, to);
}

function replace(field: HTMLInputElement, words: string, from: number, to: number): void {
  field.setRangeText(words, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
