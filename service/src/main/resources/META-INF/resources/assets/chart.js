/* The chart of a job's rows per second. It begins when the page is opened; when there are many, the older quarter is thinned. */
(() => {
  'use strict';
  const MAX_SAMPLES = 1200;
  const live = document.getElementById('live');
  const panel = document.getElementById('chart-panel');
  const box = document.getElementById('chart');
  const samples = [];
  let chart = null;
  let stream = null;

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumSignificantDigits: 3});

  function options() {
    const grid = {stroke: colour('--line'), width: 1};
    const axis = {stroke: colour('--ink-soft'), grid, ticks: grid, font: '12px system-ui, sans-serif'};
    return {
      width: box.clientWidth,
      height: 220,
      cursor: {y: false},
      legend: {live: true},
      scales: {x: {time: true}, y: {range: (self, min, max) => [0, Math.max(1, max * 1.1)]}},
      axes: [axis, {...axis, size: 60, values: (self, ticks) => ticks.map(tick => compact.format(tick))}],
      series: [
        {label: 'Time'},
        {
          label: 'Rows per second', stroke: colour('--accent'), width: 2, fill: colour('--accent-wash'),
          points: {show: false}, value: (self, rate) => rate == null ? '–' : compact.format(rate),
        },
      ],
    };
  }

  function rates() {
    const times = [];
    const values = [];
    for (let i = 1; i < samples.length; i++) {
      const seconds = (samples[i].at - samples[i - 1].at) / 1000;
      times.push(samples[i].at / 1000);
      values.push(Math.max(0, (samples[i].rows - samples[i - 1].rows) / seconds));
    }
    return [times, values];
  }

  function draw() {
    if (samples.length < 3) {
      return;
    }
    panel.hidden = false;
    if (chart) {
      chart.setData(rates());
    } else {
      chart = new uPlot(options(), rates(), box);
    }
  }

  function sample(rows, at) {
    const last = samples[samples.length - 1];
    if (last && (at - last.at < 250 || rows < last.rows)) {
      return;
    }
    samples.push({rows, at});
    if (samples.length > MAX_SAMPLES) {
      for (let i = 1; i < MAX_SAMPLES / 4; i++) {
        samples.splice(i, 1);
      }
    }
    draw();
  }

  function read() {
    if (!stream) {
      sample(Number(live.dataset.rows), Date.now());
    }
    if (!live.dataset.events) {
      close();
    }
  }

  // An event brings the page up to date at once; without events, the page asks every two seconds. A job that has ended has
  // none, even if its receiver is still being called.
  function open() {
    if (stream || document.visibilityState !== 'visible' || !live.dataset.events) {
      return;
    }
    stream = new EventSource(live.dataset.events);
    stream.addEventListener('job', event => {
      const job = JSON.parse(event.data);
      sample(job.status && job.status.rows ? job.status.rows.in : 0, Date.now());
      htmx.trigger(live, 'refresh');
    });
    stream.addEventListener('deleted', () => location.assign('/jobs'));
    stream.addEventListener('error', () => {
      if (stream && stream.readyState === EventSource.CLOSED) {
        stream = null;
      }
    });
  }

  function close() {
    if (stream) {
      stream.close();
      stream = null;
    }
  }

  live.addEventListener('htmx:afterSwap', read);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' ? open() : close());
  addEventListener('pagehide', close);
  addEventListener('resize', () => chart && chart.setSize({width: box.clientWidth, height: 220}));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (chart) {
      chart.destroy();
      chart = new uPlot(options(), rates(), box);
    }
  });
  read();
  open();
})();
