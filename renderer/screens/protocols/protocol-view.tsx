import type { ReactNode } from 'react';
import { milestones } from '../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { Card } from '../../components/card.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { DischargeEditor, DischargeTable } from './discharge-table.tsx';
import { DoseEditor, DoseTable } from './dose-table.tsx';
import { figureAt, type Editing } from './editing.ts';
import { FigureInput } from './figure-input.tsx';
import { StopEditor } from './stop-table.tsx';
import { LimitEditor, LimitTable } from './limit-table.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import styles from './protocols-screen.module.css';
import tables from './protocol-tables.module.css';
import { ScheduleEditor, ScheduleTable } from './schedule-table.tsx';

const words = protocolsText;

/** A version as it stands, to be read from top to bottom. */
export function ProtocolView({ protocol }: { readonly protocol: Protocol }) {
  const clock = useClockTime();
  const { facts } = words;
  const rows: readonly (readonly [string, string])[] = [
    [facts.route, `${protocol.drug}, ${words.route[protocol.route]}`],
    [facts.status, protocol.status],
    [facts.author, protocol.author ?? facts.nobody],
    [facts.approver, protocol.approver ?? facts.nobody],
    [facts.effective, protocol.effectiveFrom === null ? facts.always : clock.date(protocol.effectiveFrom)],
  ];
  return (
    <>
      <Card heading={facts.heading(protocol.version)}>
        <dl className={tables.figures}>
          {rows.map(([term, text]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card heading={words.dose}>
        <DoseTable protocol={protocol} />
      </Card>
      <Card heading={words.limits} aside={words.limitsNote}>
        <LimitTable limits={protocol.limits} />
        <p className={styles.quiet}>
          {words.stopSigns}: {protocol.stopSigns.join(', ')}
        </p>
      </Card>
      <Card heading={words.schedule}>
        <ScheduleTable schedule={protocol.schedule} />
      </Card>
      <Card heading={words.cuts}>
        <p className={styles.quiet}>{words.auditCut(protocol.auditCut)}</p>
      </Card>
      <Rest protocol={protocol} discharge={<DischargeTable criteria={protocol.discharge.criteria} />} />
    </>
  );
}

/** The same with its main numbers to be typed over. */
export function ProtocolEditor({ editing }: { readonly editing: Editing }) {
  const { base } = editing;
  return (
    <>
      <Card heading={words.edit.heading(base.version + 1)} aside={words.edit.words}>
        <div className={styles.publishFields}>
          <FigureInput label={words.edit.name} wide {...figureAt(editing, 'name')} />
          <FigureInput label={words.edit.shortName} wide {...figureAt(editing, 'shortName')} />
        </div>
      </Card>
      <Card heading={words.dose}>
        <DoseEditor editing={editing} />
      </Card>
      <Card heading={words.limits} aside={words.limitsNote}>
        <LimitEditor editing={editing} />
      </Card>
      <Card heading={words.schedule}>
        <ScheduleEditor editing={editing} />
      </Card>
      <Card heading={words.discharge} aside={words.dischargeEnding[base.discharge.ending]}>
        <DischargeEditor editing={editing} />
      </Card>
      <Card heading={words.cuts} aside={words.edit.cutsWords}>
        <div className={styles.publishFields}>
          <FigureInput label={words.edit.cutFemale} {...figureAt(editing, 'auditCut.female')} />
          <FigureInput label={words.edit.cutMale} {...figureAt(editing, 'auditCut.male')} />
        </div>
      </Card>
      <Card heading={words.edit.stops.heading}>
        <StopEditor editing={editing} />
      </Card>
      <Card heading={words.edit.summary} aside={words.edit.summaryWords}>
        <ul className={tables.rows}>
          {base.summary.map((line, index) => (
            <li key={line.term} className={tables.editorRow}>
              <FigureInput label={line.term} wide {...figureAt(editing, `summary.${index}.text`)} />
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function Rest({ protocol, discharge }: { readonly protocol: Protocol; readonly discharge: ReactNode }) {
  const required = protocol.milestones.filter((entry) => entry.required).length;
  const before = protocol.milestones.filter((entry) => entry.beforeDose).length;
  return (
    <>
      <Card heading={words.discharge} aside={words.dischargeEnding[protocol.discharge.ending]}>
        {discharge}
      </Card>
      <Card heading={words.milestones} aside={words.milestonesNote(required, before)}>
        <ul className={tables.rows}>
          {protocol.milestones.map((entry) => (
            <li key={entry.milestone} className={tables.scheduleRow}>
              <span className={tables.rowName}>
                <strong>{milestones[entry.milestone].label}</strong>
                <span>{entry.hint}</span>
              </span>
              <span className={tables.rowText}>
                {[
                  entry.required ? words.required : words.optional,
                  ...(entry.beforeDose ? [words.beforeDose] : []),
                  ...(entry.stop === true ? [words.noStartWithout] : []),
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Card heading={words.formulary}>
        <ul className={tables.rows}>
          {protocol.formulary.map((drug) => (
            <li key={drug.id} className={tables.scheduleRow}>
              <span className={tables.rowName}>
                <strong>{drug.name}</strong>
                <span>{words.purpose[drug.purpose]}</span>
              </span>
              <span className={tables.rowText}>
                {[
                  drug.usualDose,
                  drug.routes.join(', '),
                  ...(drug.controlled ? [words.controlled] : []),
                  ...(drug.note === '' ? [] : [drug.note]),
                ].join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
