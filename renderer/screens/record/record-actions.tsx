import { useCallback, useState } from 'react';
import { exportFormatIds, exportFormats, type ExportFormat } from '../../../shared/contract/export-formats.ts';
import type { PrintPage } from '../../../shared/contract/print-page.ts';
import type { SessionId } from '../../../shared/values/ids.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { saveFile } from '../../components/act/save-file.ts';
import { wordsOfFailure } from '../../connection/failure.ts';
import { useRoom } from '../../live/room-context.tsx';
import { recordText } from '../../text/record.ts';
import { PrintedPages } from './record-print.tsx';
import styles from './record-actions.module.css';

type Busy = 'print' | 'prove' | ExportFormat | null;

/**
 * What can be done with a record: put it on paper, keep it as a file, and have its signature worked out anew. The
 * buttons stand in the head of the record; what comes of them is a line below it, there only when there is one.
 */
export function RecordActions({ sessionId }: { readonly sessionId: SessionId }) {
  const { client } = useRoom();
  const words = recordText.actions;
  const [busy, setBusy] = useState<Busy>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [pages, setPages] = useState<readonly PrintPage[] | null>(null);
  const printed = useCallback(() => setPages(null), []);

  async function act(what: Exclude<Busy, null>, work: () => Promise<string | null>): Promise<void> {
    setBusy(what);
    setFailure(null);
    setSaid(null);
    try {
      setSaid(await work());
    } catch (error) {
      setSaid(null);
      setFailure(error);
    } finally {
      setBusy(null);
    }
  }

  const print = async (): Promise<null> => {
    setPages((await client.print.pages({ sessionId, kind: 'one-page' })).pages);
    return null;
  };
  const save = async (format: ExportFormat): Promise<string> => {
    setSaid(words.writing(exportFormats[format].name));
    const { fileName, content } = await client.print.file({ sessionId, format });
    await saveFile(fileName, content, exportFormats[format].mimeType);
    return words.saved(fileName, exportFormats[format].words);
  };
  const prove = async (): Promise<string> => {
    const { recordHash, versions } = await client.print.prove({ sessionId });
    const last = versions.at(-1);
    if (last === undefined) return words.unsigned(groups(recordHash));
    const broken = versions.find(({ holds }) => !holds);
    return broken === undefined ? words.holds(last.version, groups(last.recordHash)) : words.broken(broken.version);
  };
  return (
    <>
      <div className={styles.actions} role="group" aria-label={words.name}>
        <Button onPress={() => void act('print', print)} isDisabled={busy !== null}>
          {words.print}
        </Button>
        <SaveAs onSave={(format) => void act(format, () => save(format))} isDisabled={busy !== null} />
        <Button onPress={() => void act('prove', prove)} isDisabled={busy !== null}>
          {words.prove}
        </Button>
      </div>
      <p className={styles.said} role="status">
        {said}
      </p>
      {failure === null ? null : (
        <div className={styles.failure}>
          <RefusalNote words={wordsOfFailure(failure)} />
        </div>
      )}
      {pages === null ? null : <PrintedPages pages={pages} onDone={printed} />}
    </>
  );
}

interface SaveAsProps {
  readonly onSave: (format: ExportFormat) => void;
  readonly isDisabled: boolean;
}

/** Every form in which a record is a file, one tap each. */
function SaveAs({ onSave, isDisabled }: SaveAsProps) {
  const { saveAs } = recordText.actions;
  return (
    <div className={styles.save}>
      <span aria-hidden="true">{saveAs}</span>
      {exportFormatIds.map((format) => (
        <Button
          key={format}
          className={styles.format}
          label={`${saveAs} ${exportFormats[format].name}`}
          onPress={() => onSave(format)}
          isDisabled={isDisabled}
        >
          {exportFormats[format].name}
        </Button>
      ))}
    </div>
  );
}

/** The first and last groups of a hash, to be compared with those on paper. */
function groups(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} ${hash.slice(8, 12)} … ${hash.slice(-8, -4)} ${hash.slice(-4)}`;
}
