// A chart on uPlot, with its numbers as a table for whoever cannot see it.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { t } from '../core/i18n.js';
import { Table } from '../core/widgets.jsx';

export const COLOURS = ['#0e6b63', '#c2571a', '#4b56b0', '#8a6d00', '#a12a5e', '#4a7a1e'];
const HEIGHT = 230;
const axis = { stroke: '#4a5a58', grid: { stroke: '#e3e6df', width: 1 }, ticks: { stroke: '#cfd5cd', width: 1 }, font: '12px system-ui, sans-serif' };

/** Redrawn when its box changes its width. */
function useChart(makeOptions, data) {
  const box = useRef(null);
  useEffect(() => {
    const element = box.current;
    const chart = new uPlot({ width: element.clientWidth, height: HEIGHT, ...makeOptions() }, data, element);
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => { observer.disconnect(); chart.destroy(); };
  }, [data]);
  return box;
}

/** series: [{name, values}] over days. */
export function OverTime({ title, days, series, columns, rows }) {
  const data = [days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000), ...series.map(({ values }) => values)];
  const box = useChart(() => ({
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    series: [{ label: t('statistics.day'), value: (chart, seconds) => (seconds == null ? '–' : new Date(seconds * 1000).toISOString().slice(0, 10)) },
      ...series.map(({ name }, at) => ({ label: name, stroke: COLOURS[at % COLOURS.length], fill: `${COLOURS[at % COLOURS.length]}22`, width: 2, dash: at > 2 ? [6, 4] : undefined, points: { size: 5 } }))],
    axes: [{ ...axis, space: 70, values: (chart, ticks) => ticks.map((tick) => new Date(tick * 1000).toISOString().slice(5, 10)) }, { ...axis, size: 46 }],
  }), data);
  return (
    <figure class="card chart wide-chart">
      <figcaption><h2>{title}</h2></figcaption>
      <div ref={box} class="plot" aria-hidden="true" />
      <details><summary>{t('statistics.as_table')}</summary><Table caption={title} columns={columns} rows={rows} /></details>
    </figure>
  );
}

/** bars: [{name, value}], the largest first. */
export function Bars({ title, bars, note }) {
  const shown = bars.slice(0, 12);
  const data = [shown.map((bar, at) => at), shown.map(({ value }) => value)];
  const short = (name) => (name.length > 14 ? `${name.slice(0, 13)}…` : name);
  const box = useChart(() => ({
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-0.6, shown.length - 0.4] }, y: { range: (chart, least, most) => [0, Math.max(1, most) * 1.1] } },
    series: [{}, { stroke: COLOURS[0], fill: `${COLOURS[0]}cc`, width: 0, paths: uPlot.paths.bars({ size: [0.66, 70] }), points: { show: false } }],
    axes: [{ ...axis, grid: { show: false }, splits: () => data[0], values: () => shown.map(({ name }) => short(name)), rotate: shown.length > 4 ? -35 : 0, size: shown.length > 4 ? 84 : 32 }, { ...axis, size: 46 }],
  }), data);
  return (
    <figure class="card chart">
      <figcaption><h2>{title}</h2>{note && <p class="sub">{note}</p>}</figcaption>
      <div ref={box} class="plot" aria-hidden="true" />
      <details><summary>{t('statistics.as_table')}</summary>
        <Table caption={title} rows={bars} columns={[{ key: 'name', title: t('statistics.what') }, { key: 'value', title: t('statistics.flags'), number: true }]} />
      </details>
    </figure>
  );
}
