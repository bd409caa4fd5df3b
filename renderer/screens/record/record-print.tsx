import { createPortal } from 'react-dom';
import { useEffect } from 'react';
import type { PrintMark, PrintPage } from '../../../shared/contract/print-page.ts';
import styles from './record-print.module.css';

/** Drawn pages, handed to the browser's own print dialogue and taken away again. On the screen they are not seen. */
export function PrintedPages({ pages, onDone }: { readonly pages: readonly PrintPage[]; readonly onDone: () => void }) {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      window.print();
      onDone();
    });
    return () => cancelAnimationFrame(frame);
  }, [onDone]);
  return createPortal(
    <div className={styles.pages} aria-hidden="true" data-print="pages">
      {pages.map((page, index) => (
        <PageDrawing key={index} page={page} />
      ))}
    </div>,
    document.body,
  );
}

function PageDrawing({ page }: { readonly page: PrintPage }) {
  const [width, height] = [page.widthPt * page.unitsPerPoint, page.heightPt * page.unitsPerPoint];
  return (
    <svg className={styles.page} viewBox={`0 0 ${width} ${height}`}>
      {page.marks.map((mark, index) => (
        <Mark key={index} mark={mark} />
      ))}
    </svg>
  );
}

/** Ink on paper: the greys are those of the drawing, in no theme. */
const ink = (gray: number): string => `rgb(${Math.round(gray * 255)} ${Math.round(gray * 255)} ${Math.round(gray * 255)})`;

function Mark({ mark }: { readonly mark: PrintMark }) {
  switch (mark.mark) {
    case 'text':
      return (
        <text x={mark.x} y={mark.y} fontSize={mark.size} fontWeight={mark.bold ? 600 : 400} textAnchor={mark.anchor} fill={ink(mark.gray)}>
          {mark.text}
        </text>
      );
    case 'path':
      return (
        <polyline
          points={mark.points.map(([x, y]) => `${x},${y}`).join(' ')}
          fill="none"
          stroke={ink(mark.gray)}
          strokeWidth={mark.width}
          strokeDasharray={mark.dash.join(' ')}
          strokeLinecap={mark.round ? 'round' : 'butt'}
          strokeLinejoin="round"
        />
      );
    case 'rect':
      return (
        <rect
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
          fill={mark.fill === null ? 'none' : ink(mark.fill)}
          stroke={mark.line === null ? 'none' : ink(mark.line.gray)}
          strokeWidth={mark.line?.width ?? 0}
        />
      );
    case 'circle':
      return <circle cx={mark.x} cy={mark.y} r={mark.radius} fill={ink(mark.fill)} stroke={ink(0)} strokeWidth={mark.line} />;
  }
}
