import type { CaptureView } from '../../../shared/contract/board/capture-view.ts';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { monitorsText } from '../../text/monitors.ts';

const words = monitorsText.capture;
const grouped = new Intl.NumberFormat('en-US');

/** What there is to know of a capture, each with its term. The file's name stands alone: a report asks for it. */
export function captureFacts(
  { state, sinceMs, bytes, file }: CaptureView,
  clock: Pick<ClockTime, 'day' | 'second'>,
): readonly (readonly [term: string, text: string])[] {
  // The room's computer may use other path separators than the one that shows this page.
  const nameAt = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1;
  return [
    [words.state, words.states[state]],
    // A slow line fills its file in days.
    [words.since, words.sinceAt(clock.day(sinceMs), clock.second(sinceMs))],
    [words.size, words.bytes(grouped.format(bytes))],
    [words.file, file.slice(nameAt)],
    ...(nameAt > 1 ? [[words.folder, file.slice(0, nameAt - 1)] as const] : []),
  ];
}
