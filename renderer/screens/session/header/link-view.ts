import { minutesAndSeconds } from '../../../../shared/values/clock-time.ts';
import type { LinkState, MonitorStatus } from '../../../../shared/contract/board/monitors.ts';
import { showDecimal } from '../../../../shared/values/quantity.ts';
import { sessionText } from '../../../text/session.ts';

interface Clock {
  readonly nowMs: number;
  readonly second: (ms: number) => string;
}

const isLive = (state: LinkState): boolean => state === 'live' || state === 'degraded';
/** A port that is just being opened is no news for a quiet while. */
const openingMsMax = 5000;

/** The one line under the tiles. */
export function linkLine(
  monitors: readonly MonitorStatus[],
  { second }: Clock,
): { readonly live: boolean; readonly title: string; readonly detail: string } {
  const words = sessionText.link;
  const [first] = monitors;
  if (first === undefined) return { live: false, title: words.none, detail: words.noneWords };
  const worst = monitors.find((monitor) => !isLive(monitor.state)) ?? first;
  if (!isLive(worst.state)) {
    const wasLive = worst.lastByteMs !== null;
    return {
      live: false,
      title: wasLive ? words.lostAt(second(worst.sinceMs)) : words.states[worst.state],
      detail: worst.state === 'listening' ? worst.port : `${worst.port} · ${words.trying}`,
    };
  }
  const frames = monitors.reduce((sum, monitor) => sum + monitor.framesPerSecond, 0);
  const discarded = monitors.reduce((sum, monitor) => sum + monitor.discardedBytes, 0);
  const title = monitors.length === 1 ? `${words.states[worst.state]} · ${worst.port}` : words.several(monitors.length, monitors.length);
  return { live: true, title, detail: words.frames(showDecimal(frames, 1), words.errors(discarded)) };
}

export interface LinkBannerView {
  readonly title: string;
  readonly advice: string;
}

/** What stands across the screen while a monitor that should speak does not; null while all is well. */
export function linkBanner(monitors: readonly MonitorStatus[], { nowMs, second }: Clock, infusing: boolean): LinkBannerView | null {
  const words = sessionText.linkBanner;
  const lost = monitors.find(
    (monitor) => !isLive(monitor.state) && !(monitor.state === 'opening' && nowMs - monitor.sinceMs < openingMsMax),
  );
  if (lost === undefined) return null;
  const lasting = minutesAndSeconds(Math.max(0, nowMs - (lost.lastByteMs ?? lost.sinceMs)));
  const noData =
    lost.lastByteMs === null ? words.never(lost.name) : monitors.length === 1 ? words.noData(lasting) : words.noDataOf(lost.name, lasting);
  const cause = words.cause[lost.state];
  const since = lost.state === 'unplugged' ? words.causeAt(cause, second(lost.sinceMs)) : cause;
  const advice = [lost.advice ?? '', words.watch, infusing ? words.clockRuns : ''];
  return { title: [noData, since].filter((part) => part !== '').join(' '), advice: advice.filter((part) => part !== '').join(' ') };
}
