import type { ReactNode } from 'react';
import type { MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import { showDecimal } from '../../../shared/values/quantity.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { agoWords } from '../../format/durations.ts';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { homeText } from '../../text/home.ts';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import { textPackText } from '../../text/text-packs.ts';
import { isolated } from '../../../shared/values/isolated.ts';
import { KioskLine } from './kiosk-line.tsx';
import { WorkstationLine } from './workstation-line.tsx';
import styles from './workstation.module.css';

const bytesPerGigabyte = 1_000_000_000;
const grouped = new Intl.NumberFormat('en-US');

interface WorkstationProps {
  /** Opens the sheet where people are added and changed. */
  readonly onPeople: () => void;
  /** Opens the sheet where monitors are added and removed. */
  readonly onMonitors: () => void;
  /** To the versions of the protocols. */
  readonly onProtocols: () => void;
  /** Opens the controlled-drug log. */
  readonly onDrugLog: () => void;
  /** Opens the list of who looked at what. */
  readonly onLooks: () => void;
  /** Opens the wording of rating instruments. */
  readonly onTextPacks: () => void;
  /** Opens the printed keys of this room. */
  readonly onRecoveryKeys: () => void;
}

/** The health of the workstation, a line of words for each part. A part whose state is not known has none. */
export function Workstation({ onPeople, onMonitors, onProtocols, onDrugLog, onLooks, onTextPacks, onRecoveryKeys }: WorkstationProps) {
  const words = homeText.workstation;
  const monitors = useBoard((board) => board.monitors);
  return (
    <Card heading={words.heading} aside={words.aside}>
      <ul className={styles.health}>
        {monitors.length === 0 ? (
          <WorkstationLine
            icon="monitor"
            name={words.monitor}
            state={words.noMonitor}
            action={<Button onPress={onMonitors}>{words.addMonitor}</Button>}
          >
            {words.noMonitorWords}
          </WorkstationLine>
        ) : (
          monitors.map((monitor, index) => (
            <MonitorLine
              key={monitor.monitorId}
              monitor={monitor}
              action={index === monitors.length - 1 ? <Button onPress={onMonitors}>{words.changeMonitors}</Button> : null}
            />
          ))
        )}
        <RecordingLines onRecoveryKeys={onRecoveryKeys} />
        <PeopleLine onPeople={onPeople} />
        <WorkstationLine
          icon="list"
          name={words.protocols}
          state={words.protocolsState}
          action={<Button onPress={onProtocols}>{words.openProtocols}</Button>}
        >
          {words.protocolsWords}
        </WorkstationLine>
        <WorkstationLine
          icon="list"
          name={words.drugLog}
          state={words.drugLogState}
          action={<Button onPress={onDrugLog}>{words.openDrugLog}</Button>}
        >
          {words.drugLogWords}
        </WorkstationLine>
        <WorkstationLine
          icon="list"
          name={words.looks}
          state={words.looksState}
          action={<Button onPress={onLooks}>{words.openLooks}</Button>}
        >
          {words.looksWords}
        </WorkstationLine>
        <WorkstationLine
          icon="list"
          name={textPackText.home.name}
          state={textPackText.home.state}
          action={<Button onPress={onTextPacks}>{textPackText.home.open}</Button>}
        >
          {textPackText.home.words}
        </WorkstationLine>
        <KioskLine />
      </ul>
    </Card>
  );
}

function MonitorLine({ monitor, action }: { readonly monitor: MonitorStatus; readonly action: ReactNode }) {
  const nowMs = useServiceNow();
  const words = homeText.workstation;
  const port = monitor.simulated ? `${monitor.port}, ${words.simulated}` : monitor.port;
  return (
    <WorkstationLine
      icon="monitor"
      name={monitor.name}
      state={homeText.linkState[monitor.state]}
      waits={monitor.advice !== null}
      action={action}
    >
      {[port, words.frames(showDecimal(monitor.framesPerSecond, 1))].join(' · ')}
      <br />
      {[
        words.discarded(grouped.format(monitor.discardedBytes)),
        monitor.lastByteMs === null ? words.neverByte : words.lastByte(agoWords(nowMs - monitor.lastByteMs)),
      ].join(' · ')}
      {monitor.advice === null ? null : (
        <>
          <br />
          <span className={styles.advice}>{monitor.advice}</span>
        </>
      )}
    </WorkstationLine>
  );
}

function RecordingLines({ onRecoveryKeys }: Pick<WorkstationProps, 'onRecoveryKeys'>) {
  const words = homeText.workstation;
  const clock = useClockTime();
  const recording = useBoard((board) => board.recording);
  const demo = useBoard((board) => board.room.demo);
  if (recording.state === 'stopped') {
    return (
      <WorkstationLine icon="disk" name={words.disk} state={words.notRecording} waits>
        {recording.message}
      </WorkstationLine>
    );
  }
  return (
    <>
      <WorkstationLine icon="disk" name={words.disk} state={words.recording}>
        {recording.freeBytes === null ? words.freeUnknown : words.free(grouped.format(Math.floor(recording.freeBytes / bytesPerGigabyte)))}
        <br />
        {recording.lastWriteMs === null ? words.noWrite : words.lastWrite(clock.second(recording.lastWriteMs))}
      </WorkstationLine>
      <WorkstationLine icon="lock" name={words.database} state={demo ? words.demoDatabase : words.encrypted}>
        {recording.lastSeq < 1 ? words.chainEmpty : words.chain(grouped.format(recording.lastSeq))}
      </WorkstationLine>
      {demo ? null : <BackupLine />}
      {demo ? null : (
        <WorkstationLine
          icon="lock"
          name={recoveryKeyText.home.name}
          state={recoveryKeyText.home.state}
          action={<Button onPress={onRecoveryKeys}>{recoveryKeyText.home.open}</Button>}
        >
          {recoveryKeyText.home.words}
        </WorkstationLine>
      )}
      <RestoredLine />
      <SalvagedLine />
    </>
  );
}

function BackupLine() {
  const words = homeText.workstation.backup;
  const clock = useClockTime();
  const nowMs = useServiceNow();
  const backups = useBoard((board) => board.room.backups);
  if (backups === null) {
    return (
      <WorkstationLine icon="disk" name={words.name} state={words.notSetUp}>
        {words.notSetUpWords}
      </WorkstationLine>
    );
  }
  const { lastMs, drilledMs, waits, failure } = backups;
  const moment = (ms: number): string => homeText.workstation.moment(clock.dateAt(ms), clock.minute(ms));
  const last = lastMs === null ? words.none : words.last(moment(lastMs));
  return (
    <WorkstationLine
      icon="disk"
      name={words.name}
      state={failure !== null ? words.failed : waits ? words.waits : lastMs === null ? words.noneYet : words.age(nowMs - lastMs)}
      waits={failure !== null}
    >
      {last}
      <br />
      {drilledMs === null ? words.notDrilled : words.drilled(moment(drilledMs))}
      {failure === null ? null : (
        <>
          <br />
          <span className={styles.advice}>{isolated(failure)}</span>
        </>
      )}
    </WorkstationLine>
  );
}

/** Of a room that was made from a backup, for ever: what is missing of that time is missing. */
function RestoredLine() {
  const words = homeText.workstation;
  const clock = useClockTime();
  const restored = useBoard((board) => board.room.restored);
  if (restored === null) return null;
  const [restoredAt, takenAt] = [restored.atMs, restored.takenMs].map((ms) => words.moment(clock.dateAt(ms), clock.minute(ms)));
  return (
    <WorkstationLine icon="disk" name={words.restored} state={restoredAt ?? ''}>
      {words.restoredWords(takenAt ?? '')}
    </WorkstationLine>
  );
}

/** Of a room that was saved out of a damaged file, for ever. */
function SalvagedLine() {
  const words = homeText.workstation;
  const clock = useClockTime();
  const salvaged = useBoard((board) => board.room.salvaged);
  if (salvaged === null) return null;
  return (
    <WorkstationLine icon="disk" name={words.salvaged} state={words.moment(clock.dateAt(salvaged.atMs), clock.minute(salvaged.atMs))}>
      {words.salvagedWords(salvaged)}
    </WorkstationLine>
  );
}

function PeopleLine({ onPeople }: Pick<WorkstationProps, 'onPeople'>) {
  const words = homeText.workstation;
  const { people, present } = useBoard((board) => board.staff);
  const names = people.filter((person) => present.includes(person.personId)).map((person) => person.name);
  return (
    <WorkstationLine
      icon="person"
      name={words.people}
      state={words.peopleCount(people.length)}
      action={<Button onPress={onPeople}>{words.openPeople}</Button>}
    >
      {names.length === 0 ? words.nobody : words.present(names.map(isolated).join(', '))}
    </WorkstationLine>
  );
}
