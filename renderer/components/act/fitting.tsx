import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { fieldText } from '../../text/field.ts';

/** Told by a field whether what stands in it fits. */
type Report = (field: string, fits: boolean) => void;
const Reports = createContext<Report>(() => undefined);

/** Whether the fields of one act hold what fits. Each field says itself how much has to go; the act's button waits. */
export interface Fitting {
  /** For the button; null where everything fits. */
  readonly waits: string | null;
  readonly report: Report;
}

const none: ReadonlySet<string> = new Set();

export function useFitting(): Fitting {
  const [tooLong, setTooLong] = useState(none);
  const report = useCallback((field: string, fits: boolean) => {
    setTooLong((before) => {
      if (before.has(field) !== fits) return before;
      const after = new Set(before);
      if (fits) after.delete(field);
      else after.add(field);
      return after;
    });
  }, []);
  return { waits: tooLong.size === 0 ? null : fieldText.waitsToFit, report };
}

/** Around the fields of an act whose button stands in no form with them. */
export function FieldsOf({ fitting, children }: { readonly fitting: Fitting; readonly children: ReactNode }) {
  return <Reports.Provider value={fitting.report}>{children}</Reports.Provider>;
}

/** Tells the act whether this field fits. If the field is removed, the button does not wait for it any more. */
export function useReportedFit(field: string, fits: boolean): void {
  const report = useContext(Reports);
  useEffect(() => {
    report(field, fits);
    return () => report(field, true);
  }, [report, field, fits]);
}
