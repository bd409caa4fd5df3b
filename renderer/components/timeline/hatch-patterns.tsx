import { memo, type ReactElement } from 'react';
import gridStyles from './grid.module.css';

export interface HatchIds {
  readonly pause: string;
  readonly gap: string;
}

/** Two hatches that cannot be taken for each other without colour: a pause leans right, missing data lean left. */
export const HatchPatterns = memo(function HatchPatterns({ ids }: { readonly ids: HatchIds }): ReactElement {
  return (
    <defs>
      <pattern id={ids.pause} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line className={gridStyles.pauseHatch} x1={3.5} x2={3.5} y1={0} y2={7} />
      </pattern>
      <pattern id={ids.gap} width={9} height={9} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <line className={gridStyles.gapHatch} x1={4.5} x2={4.5} y1={0} y2={9} />
      </pattern>
    </defs>
  );
});
