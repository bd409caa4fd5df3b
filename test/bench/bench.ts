import { benchColdStart } from './cold-start.ts';
import { benchCommitBesideReader } from './commit-beside-reader.ts';
import { benchCommandLatency } from './command-latency.ts';
import { benchBesideCsv } from './csv-appender.ts';
import { benchDecoders } from './decoders.ts';
import { benchFold } from './fold.ts';
import { benchFourPorts } from './four-ports.ts';
import { benchPageLatency } from './page-latency.ts';
import { benchReadingLatency } from './reading-latency.ts';
import { benchServiceMemory } from './service-memory.ts';
import { benchCommit } from './store.ts';
import { benchTimeline } from './timeline.ts';
import { benchVerify } from './verify.ts';
import { benchYears } from './years.ts';

/**
 * The benchmarks: what is promised about speed and size, as ratios within this run or against a fixed limit.
 * `--json` prints one object; `--only WORD` runs what has the word in its name. `--years N` builds a room of N finished
 * sessions and holds what is done in it against a room of five: only then, because building it takes minutes.
 */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** `value` is to stay at or below (≤) or above (≥) it. */
  readonly limit: { readonly is: '≤' | '≥'; readonly value: number };
  /** How it came about, for whoever reads the table. */
  readonly measured: string;
}

const round = (value: number, decimals = 1): number => Number(value.toFixed(decimals));
const atMost = (value: number): Figure['limit'] => ({ is: '≤', value });
const atLeast = (value: number): Figure['limit'] => ({ is: '≥', value });

const benches: Record<string, () => Promise<readonly Figure[]>> = {
  decoders: async () =>
    benchDecoders().flatMap(({ protocol, mbPerSecToFrames, mbPerSecToReadings, mbPerSecBehindOthers, mbPerSecPassed }) => {
      const measured = (mbPerSec: number): string => `${round((100 * mbPerSec) / mbPerSecPassed)} % of a plain pass over the same bytes`;
      return [
        figure(`${protocol}, bytes to frames`, round(mbPerSecToFrames), 'MB/s', atLeast(20), measured(mbPerSecToFrames)),
        figure(
          `${protocol}, bytes to readings`,
          round(mbPerSecToReadings),
          'MB/s',
          atLeast(5),
          `${measured(mbPerSecToReadings)}; ${round(mbPerSecBehindOthers)} MB/s behind all the others in one process`,
        ),
      ];
    }),
  'four-ports': async () => {
    const { coreShare, heardShare, heardBytes, loopDelayP99Ms } = await benchFourPorts(1, 20);
    const measured = `${heardBytes} bytes over pseudo-terminals, recorded and fed to a page; loop late by ${round(loopDelayP99Ms)} ms at p99`;
    return [
      figure('four ports at 115,200 baud (P3)', round(100 * coreShare), '% of one core', atMost(25), measured),
      figure('four ports, heard of what was sent', round(heardShare, 4), '×', atLeast(1), measured),
    ];
  },
  flood: async () => {
    const { heardShare, heardBytes, residentGrowthMb, loopDelayP99Ms } = await benchFourPorts(100, 10);
    const measured = `${round(heardBytes / 1e6)} MB in ten seconds, at a hundred times the line rate`;
    return [
      figure('flood on four ports, memory grown', round(residentGrowthMb), 'MB resident', atMost(48), measured),
      figure('flood on four ports, loop late, p99', round(loopDelayP99Ms), 'ms', atMost(100), measured),
      figure('flood on four ports, heard', round(heardShare, 4), '× of what was sent', atLeast(1), measured),
    ];
  },
  fold: async () => {
    const { events, foldMs, parseMs, ratio } = benchFold();
    const measured = `${events} events folded in ${round(foldMs)} ms, parsed in ${round(parseMs)} ms`;
    return [figure('session folded, for every command', round(ratio, 2), '× parsing its log', atMost(3), measured)];
  },
  'commit-beside-reader': async () => {
    const { alone, beside, rowsPerSec } = await benchCommitBesideReader();
    const ms = ({ p50, p99 }: typeof alone): string => `${round(p50, 2)} ms at p50, ${round(p99, 2)} at p99`;
    const measured = `${ms(beside)} beside a thread that reads ${round(rowsPerSec, 0)} rows a second; ${ms(alone)} alone`;
    return [figure('commit while the log is drained, to alone (P7)', round(beside.p99 / alone.p99, 2), '× at p99', atMost(1.2), measured)];
  },
  commit: async () =>
    benchCommit().map(({ batch, ratio, vigilEventsPerSec, bareEventsPerSec }) =>
      figure(
        `commit, ${batch} a transaction (P2)`,
        round(ratio, 2),
        '× bare inserts',
        atLeast(0.6),
        `${round(vigilEventsPerSec, 0)} events/s encrypted, chained, FULL; ${round(bareEventsPerSec, 0)} bare`,
      ),
    ),
  csv: async () => {
    const { ratio, vigilUs, csvUs } = benchBesideCsv();
    const measured = `${round(vigilUs, 0)} µs encrypted beside ${round(csvUs, 0)} µs of plain lines, each synced`;
    return [figure('a second of two monitors to disk', round(ratio, 2), '× a CSV appender', atMost(3), measured)];
  },
  verify: async () =>
    benchVerify().map(({ what, rowsPerSec, mbPerSec, rows }) =>
      figure(
        `verify, readings of ${what} sessions`,
        round(rowsPerSec / 1e6, 2),
        'million rows/s of a core',
        atLeast(what === 'signed' ? 0.2 : 0.5),
        `${round(mbPerSec)} MB/s of the file, ${rows} rows`,
      ),
    ),
  'reading-latency': async () => {
    const { ratio, p99Ms, fsyncMs, frames } = await benchReadingLatency();
    return [
      figure(
        'frame to disk, p99 (P4)',
        round(ratio, 2),
        '× (window + fsync)',
        atMost(1.5),
        `p99 ${round(p99Ms)} ms, fsync ${round(fsyncMs)} ms, ${frames} frames`,
      ),
    ];
  },
  'command-latency': async () => {
    const { p95Ms, boardMs, quietSecondMs, tapBytes, sessionBytes, commands, events, readings } = await benchCommandLatency();
    return [
      figure(
        'tap to answer, p95',
        round(p95Ms),
        'ms',
        atMost(100),
        `${commands} commands after six hours, ${events} events, ${readings} seconds`,
      ),
      figure('board for a new page, median', round(boardMs), 'ms', atMost(100), 'the same session, trend and all'),
      figure(
        'a quiet second for a page, median',
        round(quietSecondMs / boardMs, 2),
        '× the board for a new page',
        atMost(0.75),
        `${round(quietSecondMs, 2)} ms: what the clock changes of the same session, worked out and compared`,
      ),
      figure(
        'a tap told to a page, median',
        round(tapBytes / sessionBytes, 2),
        '× the whole session',
        atMost(0.5),
        `${tapBytes} of ${sessionBytes} bytes`,
      ),
    ];
  },
  'page-latency': async () => {
    const { p50Ms, p95Ms, limitMs, frames } = await benchPageLatency();
    return [
      figure(
        'frame to page, p95 (P5)',
        round(p95Ms),
        'ms',
        atMost(limitMs),
        `p50 ${round(p50Ms)} ms, ${frames} frames over a pseudo-terminal`,
      ),
    ];
  },
  'cold-start': async () => {
    const { ratio, serviceMs, bareNodeMs } = await benchColdStart();
    return [
      figure(
        'room service, cold start',
        round(ratio, 2),
        '× bare Node',
        atMost(5),
        `${round(serviceMs, 0)} ms beside ${round(bareNodeMs, 0)} ms`,
      ),
    ];
  },
  timeline: async () => {
    const runs = [await benchTimeline(4), await benchTimeline(12)];
    return runs.flatMap(({ hours, medianMs, p95Ms, rows, peerMedianMs }) => [
      figure(`timeline of ${hours} h, one second, median`, round(medianMs), 'ms', atMost(16), `p95 ${round(p95Ms)} ms, ${rows} updates`),
      figure(
        `timeline of ${hours} h, beside uPlot`,
        round(medianMs / peerMedianMs, 2),
        '× its lines alone',
        atMost(3),
        `uPlot ${round(peerMedianMs)} ms for every value of the five lines`,
      ),
    ]);
  },
  memory: async () => {
    const { residentMb, limitMb, simulatedHours } = await benchServiceMemory();
    return [
      figure(
        `service after ${simulatedHours} h`,
        round(residentMb, 0),
        'MB resident',
        atMost(limitMb),
        'demo at 600×, built bundle, one page reading',
      ),
    ];
  },
};

function figure(what: string, value: number, unit: string, limit: Figure['limit'], measured: string): Figure {
  return { what, value, unit, limit, measured };
}

function isWithin({ value, limit }: Figure): boolean {
  return limit.is === '≤' ? value <= limit.value : value >= limit.value;
}

const yearsAt = process.argv.indexOf('--years');
if (yearsAt !== -1) {
  const sessions = Number(process.argv[yearsAt + 1] ?? Number.NaN);
  if (!Number.isInteger(sessions) || sessions < 6) throw new Error('--years takes a number of sessions, 6 or more');
  benches['years'] = async () =>
    (await benchYears(sessions)).map(({ what, unit, ratio, few, many }) =>
      figure(
        `${what}, ${sessions} sessions`,
        round(ratio, 2),
        '× five sessions',
        atMost(1.2),
        `${round(many, 2)} ${unit} beside ${round(few, 2)} ${unit}`,
      ),
    );
}
const asJson = process.argv.includes('--json');
const only = process.argv[process.argv.indexOf('--only') + 1];
const wanted = process.argv.includes('--only') ? Object.keys(benches).filter((name) => name.includes(only ?? '')) : Object.keys(benches);
const figures: Figure[] = [];
for (const name of wanted) {
  process.stderr.write(`bench: ${name}\n`);
  figures.push(...((await benches[name]?.()) ?? []));
}
if (asJson) {
  process.stdout.write(`${JSON.stringify({ figures: figures.map((entry) => ({ ...entry, within: isWithin(entry) })) })}\n`);
} else {
  for (const entry of figures) {
    const verdict = isWithin(entry) ? 'ok  ' : 'OVER';
    const value = `${entry.value} ${entry.unit}`.padEnd(26);
    process.stdout.write(
      `${verdict} ${entry.what.padEnd(36)} ${value} ${entry.limit.is} ${entry.limit.value}`.padEnd(84) + `  ${entry.measured}\n`,
    );
  }
}
process.exitCode = figures.every(isWithin) ? 0 : 1;
