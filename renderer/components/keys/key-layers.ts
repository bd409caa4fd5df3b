/** What hears keys. It calls `preventDefault` on those it takes. */
export type KeyTask<Press> = (press: Press) => void;

/** One layer of the page: the page itself, a sheet over it, or what covers everything. */
export interface KeyLayer<Press> {
  /** Those of the innermost part first. */
  readonly tasks: KeyTask<Press>[];
}

interface KeyPress {
  readonly key: string;
  readonly timeStamp: number;
  readonly defaultPrevented: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface KeyLayers<Press extends KeyPress> {
  /** The page, under everything. */
  readonly page: KeyLayer<Press>;
  /** Lays one on top; the function it returns takes it away again. */
  lay(layer: KeyLayer<Press>): () => void;
  listen(layer: KeyLayer<Press>, task: KeyTask<Press>): () => void;
  /** Gives a key to the topmost layer and to nothing under it. */
  hear(press: Press, isTyping: boolean): void;
  /** This key belonged to a PIN, in the topmost layer. */
  pinTyped(press: Pick<Press, 'timeStamp'>): void;
}

/** Digits that follow each other faster than this belong together. */
const samePinMs = 2000;

/**
 * Who hears a key that no field and no button took: the topmost layer alone. A PIN that is typed before its sheet
 * asks for it must not press what lies behind the sheet.
 */
export function createKeyLayers<Press extends KeyPress>(): KeyLayers<Press> {
  const page: KeyLayer<Press> = { tasks: [] };
  const above: KeyLayer<Press>[] = [];
  const topmost = (): KeyLayer<Press> => above.at(-1) ?? page;
  let pin: { readonly layer: KeyLayer<Press>; readonly lastMs: number } | null = null;
  const goesOnFromPin = ({ key, timeStamp }: Press): boolean => {
    // A letter ends the PIN; Enter, Backspace and Escape do not.
    if (/^\D$/.test(key)) pin = null;
    if (pin === null || pin.layer === page || topmost() !== page || !/^\d$/.test(key) || timeStamp - pin.lastMs >= samePinMs) return false;
    pin = { ...pin, lastMs: timeStamp };
    return true;
  };
  return {
    page,
    lay(layer) {
      above.push(layer);
      return () => void above.splice(above.indexOf(layer), 1);
    },
    listen({ tasks }, task) {
      tasks.push(task);
      return () => void tasks.splice(tasks.indexOf(task), 1);
    },
    hear(press, isTyping) {
      if (isTyping || press.ctrlKey || press.metaKey || press.altKey) return;
      // The sheet closed while digits were typed into it: they are dropped.
      if (goesOnFromPin(press)) return;
      for (const task of topmost().tasks) {
        if (press.defaultPrevented) return;
        task(press);
      }
    },
    pinTyped({ timeStamp }) {
      pin = { layer: topmost(), lastMs: timeStamp };
    },
  };
}
