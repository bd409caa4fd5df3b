import { useMemo } from 'react';
import { dryRun, type DryRun } from '../../../shared/clinical/dry-run.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { ProtocolProblem } from '../../../shared/clinical/protocol-problems.ts';
import { unconfirmedSentence } from '../../../shared/clinical/unconfirmed.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { showMilli, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { Card } from '../../components/card.tsx';
import { Subscript } from '../../components/subscript.tsx';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { protocolsText } from '../../text/protocols.ts';
import { FigureInput } from './figure-input.tsx';
import { limitText } from './limit-table.tsx';
import { useClockTimeAt } from '../../components/use-clock-time.ts';
import styles from './dry-run-panel.module.css';

const words = protocolsText.dryRun;

/** What a dry run is asked for, as typed. */
export interface DryRunAsked {
  readonly kg: string;
  /** `10:00` */
  readonly start: string;
}

interface DryRunPanelProps {
  /** null while the draft has something to mend. */
  readonly protocol: Protocol | null;
  readonly problems: readonly ProtocolProblem[];
  readonly asked: DryRunAsked;
  readonly onAsk: (asked: DryRunAsked) => void;
  /** The service's clock: the day of the run and its offset. */
  readonly now: Instant;
}

/** Every slot and every dose of a version for a weight and a start, or what keeps it from being run. */
export function DryRunPanel({ protocol, problems, asked, onAsk, now }: DryRunPanelProps) {
  const run = useMemo(() => (protocol === null ? null : runOf(protocol, asked, now)), [protocol, asked, now]);
  const clock = useClockTimeAt(now.offsetMin);
  const isRun = run !== null && typeof run !== 'string';
  return (
    <Card heading={words.heading} aside={isRun ? words.slots(run.slots.length) : ''} className={styles.card}>
      <div className={styles.asked}>
        <FigureInput label={words.weight} value={asked.kg} changed={false} onChange={(kg) => onAsk({ ...asked, kg })} />
        <FigureInput label={words.start} value={asked.start} changed={false} onChange={(start) => onAsk({ ...asked, start })} />
      </div>
      <div className={styles.result} tabIndex={0} role="region" aria-label={words.result}>
        {problems.length > 0 ? <Problems problems={problems} /> : null}
        {run === null ? null : typeof run === 'string' ? <p className={styles.quiet}>{run}</p> : <Run run={run} clock={clock} />}
      </div>
    </Card>
  );
}

/** The dry run, or why there is none. */
export function runOf(protocol: Protocol, { kg, start }: DryRunAsked, now: Instant): DryRun | string {
  const weight = numberTyped(kg);
  const time = /^([01]?\d|2[0-3]):?([0-5]\d)$/.exec(start.trim());
  if (weight === null || weight <= 0 || weight > 1000 || time === null) return words.waits;
  const dayMs = 86_400_000;
  const shiftMs = now.offsetMin * 60_000;
  const midnightMs = Math.floor((now.utcMs + shiftMs) / dayMs) * dayMs - shiftMs;
  const startMs = midnightMs + (Number(time[1]) * 60 + Number(time[2])) * 60_000;
  try {
    return dryRun(protocol, thousandths(weight), { utcMs: startMs, offsetMin: now.offsetMin });
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

function Problems({ problems }: { readonly problems: readonly ProtocolProblem[] }) {
  return (
    <section className={styles.problems} aria-live="polite">
      <h3>{protocolsText.problems.heading(problems.length)}</h3>
      <p>{protocolsText.problems.words}</p>
      <ul>
        {problems.map(({ where, message }) => (
          <li key={`${where} ${message}`}>
            <strong>{where}</strong>
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Run({ run, clock }: { readonly run: DryRun; readonly clock: ClockTime }) {
  const { dose } = run;
  const unconfirmed = unconfirmedSentence(run.unconfirmed);
  return (
    <>
      <p className={styles.dose}>
        <strong>{words.dose(showMilli(dose.totalUg), showMilli(dose.ugPerKg))}</strong>
        <span>
          {[
            ...dose.alternatives.map((steps) => words.alternative(showMilli(steps.reduce((sum, step) => sum + step.ug, 0)))),
            words.end(clock.minute(run.doseEndMs)),
          ].join(' · ')}
        </span>
      </p>
      {unconfirmed === null ? null : <p className={styles.quiet}>{unconfirmed}</p>}
      {run.findings.map((finding) => (
        <p key={finding} className={styles.finding}>
          {finding}
        </p>
      ))}
      <ul className={styles.steps}>
        {dose.steps.map((step) => (
          <li key={`${step.fromMin} ${step.label}`}>
            <span>
              {clock.minute(run.start.utcMs + step.fromMin * 60_000)} {step.label}
            </span>
            {step.arithmetic.map((line) => (
              <span key={line} className={styles.quiet}>
                {line}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <Slots run={run} clock={clock} />
      {run.conditions.length === 0 ? null : (
        <>
          <h3 className={styles.subheading}>{words.conditions}</h3>
          <ul className={styles.steps}>
            {run.conditions.map((condition) => (
              <li key={condition.rowId}>
                <span>{condition.label}</span>
                <span className={styles.quiet}>
                  {protocolsText.at(condition.atMin)} {protocolsText.anchor(condition.anchor)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className={styles.subheading}>{words.limits}</h3>
      <ul className={styles.limits}>
        {run.limits.map((limit) => (
          <li key={`${limit.parameter} ${limit.act} ${limitText(limit)}`}>
            <Subscript>{protocolsText.parameter[limit.parameter]}</Subscript> {limitText(limit)}
            <span className={styles.quiet}> {protocolsText.act[limit.act]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Slots({ run, clock }: { readonly run: DryRun; readonly clock: ClockTime }) {
  return (
    <table className={styles.slots}>
      <caption>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          <th scope="col">{words.after}</th>
          <th scope="col">{words.what}</th>
          <th scope="col">{words.window}</th>
        </tr>
      </thead>
      <tbody>
        {run.slots.map((slot) => (
          <tr key={slot.key}>
            <td>{clock.minute(slot.atMs)}</td>
            <td>{slot.minute > 0 ? `+${showShort(slot.minute, 1)}` : `−${showShort(-slot.minute, 1)}`}</td>
            <td>
              <Subscript>{slot.label}</Subscript>
            </td>
            <td className={styles.window}>
              {clock.minute(slot.opensMs)}–{clock.minute(slot.lateAfterMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
