import { useId, useState } from 'react';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { TextField } from '../../components/fields/text-field.tsx';
import { setupText } from '../../text/setup.ts';
import type { MonitorDraft } from './setup-draft.ts';
import styles from './room-form.module.css';

interface PortView {
  readonly path: string;
  readonly stableId: string | null;
  readonly manufacturer: string | null;
  readonly usedBy: string | null;
}
interface ProtocolView {
  readonly protocol: MonitorProtocolId;
  readonly vendor: string;
  readonly models: readonly string[];
  readonly description: string;
}

interface MonitorCardProps {
  readonly monitor: MonitorDraft;
  readonly protocols: readonly ProtocolView[];
  /** null while they are being looked for. */
  readonly ports: readonly PortView[] | null;
  readonly onLookAgain: () => void;
  readonly onChange: (part: Partial<MonitorDraft>) => void;
  /** Missing where there is only this one, and leaving it is another button. */
  readonly onRemove?: () => void;
  readonly problemOf: (field: string) => string | undefined;
}

/** One monitor: what it is, where its cable ends, what it is called on the screen. */
export function MonitorCard({ monitor, protocols, ports, onLookAgain, onChange, onRemove, problemOf }: MonitorCardProps) {
  const words = setupText.monitors;
  return (
    <section className={styles.monitor} aria-label={monitor.name}>
      <div className={styles.monitorHead}>
        <TextField
          label={words.name}
          value={monitor.name}
          onChange={(name) => onChange({ name })}
          maxLength={60}
          problem={problemOf(`name-${monitor.key}`)}
        />
        {onRemove === undefined ? null : (
          <Button onPress={onRemove} label={words.removeOf(monitor.name)}>
            {words.remove}
          </Button>
        )}
      </div>
      <ModelChoices
        protocols={protocols}
        chosen={monitor.protocol}
        onChoose={(protocol) => onChange({ protocol })}
        problem={problemOf(`protocol-${monitor.key}`)}
      />
      <PortChoices
        monitor={monitor}
        ports={ports}
        onLookAgain={onLookAgain}
        onChange={onChange}
        problem={problemOf(`port-${monitor.key}`)}
      />
    </section>
  );
}

interface ModelChoicesProps {
  readonly protocols: readonly ProtocolView[];
  readonly chosen: MonitorProtocolId | null;
  readonly onChoose: (protocol: MonitorProtocolId | null) => void;
  readonly problem: string | undefined;
}

/**
 * Whose monitor it is, then which one: what stands on the device, in the order in which it is read there. Nothing is chosen
 * beforehand: a monitor read as another one gives no figures, or wrong ones.
 */
function ModelChoices({ protocols, chosen, onChoose, problem }: ModelChoicesProps) {
  const words = setupText.monitors;
  const groupId = useId();
  const vendors = [...new Set(protocols.map(({ vendor }) => vendor))];
  const [pressed, setPressed] = useState<string | null>(null);
  const vendor = protocols.find(({ protocol }) => protocol === chosen)?.vendor ?? pressed;
  const ofVendor = (one: string | null): readonly ProtocolView[] => protocols.filter((protocol) => protocol.vendor === one);
  const models = ofVendor(vendor);
  return (
    <>
      <fieldset className={classNames(styles.choices, styles.vendors)}>
        <legend className={styles.label}>{words.vendor}</legend>
        {vendors.map((one) => (
          <Choice
            key={one}
            name={`${groupId}-vendor`}
            checked={one === vendor}
            onChoose={() => {
              const [only, ...others] = ofVendor(one);
              setPressed(one);
              onChoose(only !== undefined && others.length === 0 ? only.protocol : null);
            }}
            title={one}
            detail=""
          />
        ))}
      </fieldset>
      {models.length === 0 ? null : (
        <fieldset className={styles.choices}>
          <legend className={styles.label}>{words.model}</legend>
          {models.map(({ protocol, models: named, description }) => (
            <Choice
              key={protocol}
              name={`${groupId}-model`}
              checked={protocol === chosen}
              onChoose={() => onChoose(protocol)}
              title={named.join(', ')}
              detail={`${protocol} · ${description}`}
            />
          ))}
        </fieldset>
      )}
      {problem === undefined ? null : (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

interface PortChoicesProps extends Pick<MonitorCardProps, 'monitor' | 'ports' | 'onLookAgain' | 'onChange'> {
  readonly problem: string | undefined;
}

/** The ports that are there now, or a path for one that is not. */
function PortChoices({ monitor, ports, onLookAgain, onChange, problem }: PortChoicesProps) {
  const words = setupText.monitors;
  const groupId = useId();
  const [typed, setTyped] = useState(false);
  const typesPath = typed || (ports !== null && monitor.port !== '' && ports.every((port) => idOf(port) !== monitor.port));
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{words.port}</legend>
      {ports === null ? <p className={styles.quiet}>{words.portsLoading}</p> : null}
      {ports?.length === 0 ? <p className={styles.quiet}>{words.noPorts}</p> : null}
      {(ports ?? []).map((port) => (
        <Choice
          key={port.path}
          name={`${groupId}-port`}
          checked={!typesPath && monitor.port === idOf(port)}
          onChoose={() => {
            setTyped(false);
            onChange({ port: idOf(port) });
          }}
          title={port.path}
          detail={[port.manufacturer, port.stableId, port.usedBy === null ? null : words.usedBy(port.usedBy)]
            .filter((part) => part !== null)
            .join(' · ')}
        />
      ))}
      <Choice
        name={`${groupId}-port`}
        checked={typesPath}
        onChoose={() => {
          setTyped(true);
          onChange({ port: '' });
        }}
        title={words.typePath}
        detail={words.pathExample}
      />
      {typesPath ? (
        <TextField
          label={words.path}
          value={monitor.port}
          onChange={(port) => onChange({ port })}
          maxLength={300}
          autoFocus
          problem={problem}
        />
      ) : problem === undefined ? null : (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <Button onPress={onLookAgain}>{words.lookAgain}</Button>
    </fieldset>
  );
}

/** The service keeps the stable name of this path, where the port has one. */
function idOf(port: PortView): string {
  return port.path;
}

interface ChoiceProps {
  readonly name: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
  readonly title: string;
  readonly detail: string;
}

function Choice({ name, checked, onChoose, title, detail }: ChoiceProps) {
  return (
    <label className={styles.choice} data-checked={checked}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span className={styles.choiceWords}>
        <strong>{title}</strong>
        {detail === '' ? null : <span>{detail}</span>}
      </span>
    </label>
  );
}
