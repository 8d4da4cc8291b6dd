import { expect, test } from 'vitest';
import { createPatience } from './patience.ts';

function clock() {
  const time = { now: 100_000 };
  const patience = createPatience({ now: () => time.now, quiet: 6000, atMost: 30_000 });
  return { time, patience };
}

test('a picture hangs when none came for six seconds', () => {
  const { time, patience } = clock();
  const startedAt = time.now;
  time.now += 5999;
  expect(patience.remaining(startedAt)).toBe(1);
  time.now += 1;
  expect(patience.remaining(startedAt)).toBe(0);
});

test('while others come, the network is slow and it has its turn yet', () => {
  const { time, patience } = clock();
  const startedAt = time.now;
  time.now += 5000;
  patience.noteArrival();
  time.now += 5000;
  expect(patience.remaining(startedAt)).toBe(1000);
});

test('it does not wait for ever, however many others come', () => {
  const { time, patience } = clock();
  const startedAt = time.now;
  time.now += 30_000;
  patience.noteArrival();
  expect(patience.remaining(startedAt)).toBe(0);
});

test('one that came before counts for none asked for later', () => {
  const { time, patience } = clock();
  patience.noteArrival();
  time.now += 60_000;
  expect(patience.remaining(time.now)).toBe(6000);
});
