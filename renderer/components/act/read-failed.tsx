import { fieldText } from '../../text/field.ts';
import { Button } from '../button.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { refusalOf } from '../../connection/failure.ts';
import styles from './read-failed.module.css';

export interface ReadFailedProps {
  /** A read of the room, as the page asks for it. */
  readonly of: {
    readonly isError: boolean;
    readonly isFetching: boolean;
    readonly error: unknown;
    readonly refetch: () => Promise<unknown>;
  };
  /** What could not be read. */
  readonly words?: string;
}

/** What could not be read, and why, with the way to try again; nothing where it was read. */
export function ReadFailed({ of, words = fieldText.notRead }: ReadFailedProps) {
  if (!of.isError) return null;
  const why = refusalOf(of.error)?.message;
  return (
    <div className={styles.failed}>
      <RefusalNote words={why === undefined ? words : `${words} ${why}`} />
      <Button onPress={() => void of.refetch()} isDisabled={of.isFetching}>
        {of.isFetching ? fieldText.reading : fieldText.again}
      </Button>
    </div>
  );
}
