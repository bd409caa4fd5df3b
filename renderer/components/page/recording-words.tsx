import { useBoard } from '../../live/room-context.tsx';
import { pageText } from '../../text/page.ts';
import { useClockTime } from '../use-clock-time.ts';

/** That the record is being kept, and when it was last written to. */
export function RecordingWords() {
  const recording = useBoard((board) => board.recording);
  const clock = useClockTime();
  if (recording.state === 'stopped') return null;
  const last = recording.lastWriteMs === null ? pageText.nothingWritten : pageText.lastWrite(clock.second(recording.lastWriteMs));
  return (
    <span>
      {pageText.recording} · {last}
    </span>
  );
}
