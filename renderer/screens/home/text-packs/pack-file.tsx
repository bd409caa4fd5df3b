import { useRef, useState } from 'react';
import { textPackCharactersMax } from '../../../../shared/clinical/text-pack.ts';
import { textPackText } from '../../../text/text-packs.ts';
import styles from './text-packs-sheet.module.css';

interface PackFileProps {
  readonly label: string;
  /** Says for which instrument. */
  readonly name: string;
  readonly large?: boolean;
  readonly onContent: (content: string) => Promise<void>;
  readonly onFail: (sentence: string) => void;
}

/** Four bytes a character at most: what is longer is not even read. */
const bytesMax = textPackCharactersMax * 4;

/** Chooses one file and hands its text on, as it is. */
export function PackFile({ label, name, large = false, onContent, onFail }: PackFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (file: File): Promise<void> => {
    if (file.size > bytesMax) {
      onFail(textPackText.tooLong);
      return;
    }
    let content: string;
    try {
      content = await file.text();
    } catch {
      onFail(textPackText.unreadable);
      return;
    }
    if (content.length > textPackCharactersMax) onFail(textPackText.tooLong);
    else await onContent(content);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={name}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after it was put right.
          event.target.value = '';
          if (file === undefined) return;
          setBusy(true);
          void take(file).finally(() => setBusy(false));
        }}
      />
      <button
        type="button"
        className={large ? styles.loadLarge : styles.load}
        aria-label={name}
        aria-disabled={busy}
        onClick={() => (busy ? undefined : input.current?.click())}
      >
        {busy ? textPackText.reading : label}
      </button>
    </>
  );
}
