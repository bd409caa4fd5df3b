import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { EnteredDots } from '../../../../renderer/components/timeline/entered-dots.tsx';
import { bandExtent, layOut } from '../../../../renderer/components/timeline/lane-layout.ts';
import { xOf } from '../../../../renderer/components/timeline/time-scale.ts';
import { baseDomains, yIn } from '../../../../renderer/components/timeline/value-domains.ts';
import { goldenBoard } from '../../../fixtures/boards/golden-board.ts';
import { at } from '../../../fixtures/boards/golden-times.ts';

const layout = layOut(1200, 731, ['pulse', 'spo2', 'bp', 'resp']);
const scale = { fromMs: at(-16), toMs: at(62), leftPx: layout.plot.left, widthPx: layout.plot.width };

function drawn(): string {
  const entries = goldenBoard({ state: 'by-hand' }).session?.enteredVitals ?? [];
  return renderToStaticMarkup(createElement(EnteredDots, { entries, layout, scale, domains: baseDomains }));
}

describe('values that a person typed, as they are drawn', () => {
  test('CHART-22 one dot for each within the window, at its time and value, and no line joins them', () => {
    const dots = drawn().match(/<circle[^>]*data-role="entered"[^>]*>/g) ?? [];
    expect(dots).toHaveLength(10);
    const extent = bandExtent(layout, 'resp');
    if (extent === null) throw new Error('the layout has a respiration band');
    expect(dots.at(-1)).toContain(`cx="${xOf(scale, at(35))}" cy="${yIn(extent, baseDomains.resp, 13)}" r="4"`);
    expect(drawn()).not.toMatch(/<path|<polyline/);
  });

  test('CHART-22 one typed late has a tail to when it was typed', () => {
    const lines = drawn().match(/<line[^>]*>/g) ?? [];
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`x1="${xOf(scale, at(27))}"`);
  });
});
