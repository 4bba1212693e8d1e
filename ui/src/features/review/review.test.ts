/** A request as it is reviewed: verdicts, conflicts, what the rules object to, suggestions, approval and the merge. */
import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import * as api from '~/api/sheet';
import { requests } from './inbox.svelte';
import { merge, mergeQueue, withdraw } from './deeds';
import { Review } from './review.svelte';
import { possible } from './verbs';
import { comesIn, excerpt, fateOf, standing, typedAs } from './words';
import { seats } from '~/features/seats/seats.svelte';
import { demoForEach } from '~/test/demo';

const demo = demoForEach();
const CLOAK = '/equipment/magical_items/0192-cloak';
const GOLD = '/equipment/currency/gp';
const STYLE = '/build/choices/ranger.2.fighting-style';

async function opened(id = 'request-7'): Promise<Review> {
  await Promise.all([seats.load(), requests.load()]);
  const review = new Review(id);
  await review.load();
  expect(review.view).not.toBeNull();
  return review;
}

const fate = (review: Review, path: string) => {
  const one = review.change(path);
  return one && fateOf(one);
};

test('a verdict is given, and the same again takes it back', async () => {
  const review = await opened();
  expect(fate(review, CLOAK)).toBe('open');
  await review.verdict(CLOAK, { verdict: 'accept' });
  expect(fate(review, CLOAK)).toBe('accepted');
  expect(review.change(CLOAK)?.verdict_by).toBe('Nell');
  await review.verdict(CLOAK, { verdict: 'accept' });
  expect(fate(review, CLOAK)).toBe('open');
  await review.verdict(CLOAK, { verdict: 'reject' });
  expect(fate(review, CLOAK)).toBe('declined');
  await review.verdict(GOLD, { verdict: 'edit', value: 212 });
  expect(fate(review, GOLD)).toBe('edited');
});

test('verdicts that are given faster than they are saved are all given', async () => {
  const review = await opened();
  const given = [CLOAK, GOLD].map((path) => review.verdict(path, { verdict: 'accept' }));
  expect(review.busy).toBe(true);
  expect(await Promise.all(given)).toEqual([true, true]);
  expect([fate(review, CLOAK), fate(review, GOLD), review.busy]).toEqual(['accepted', 'accepted', false]);
});

test('all that is open is accepted at once, but for conflicts and what a rule accepts', async () => {
  const review = await opened();
  expect(review.acceptable.map((one) => one.change.path)).toEqual([CLOAK, GOLD]);
  await review.acceptAll();
  expect(review.acceptable).toHaveLength(0);
  expect(review.undecided.map((one) => one.change.path)).toEqual([STYLE]);
  expect(fate(review, '/identity/personality/backstory')).toBe('rule');
});

test('a conflict comes in once it is decided, and the decision can be taken back', async () => {
  const review = await opened();
  await review.decide(STYLE, { take: 'side', side: 1 });
  expect(fate(review, STYLE)).toBe('accepted');
  await review.decide(STYLE, null);
  expect(fate(review, STYLE)).toBe('open');
});

test('what the rules object to is left out by their own proposal', async () => {
  const review = await opened();
  const violation = review.view?.checks.find((check) => check.violation)?.violation;
  const [fix] = violation?.fixes ?? [];
  if (!fix) throw new Error('no fix is proposed');
  await review.mend(fix);
  expect(fate(review, CLOAK)).toBe('declined');
});

test('a fix that sets another value accepts the change so', async () => {
  const review = await opened();
  await review.mend({ label: 'Pay for it', sets: { [GOLD]: 200 } });
  expect(review.change(GOLD)?.verdict).toEqual({ verdict: 'edit', value: 200 });
});

test('what a change needs is told until it comes in', async () => {
  const review = await opened('request-10');
  const spell = () => {
    const one = review.change('/spellcasting/spells/shatter');
    if (!one) throw new Error('the spell is not there');
    return one;
  };
  expect(review.missing(spell()).map((one) => one.change.label)).toEqual(['Sorcerer level']);
  await review.accept(review.missing(spell()).map((one) => one.change.path));
  expect(review.missing(spell())).toHaveLength(0);
});

test('a suggestion is taken with one press by whoever proposed, and the value is theirs', async () => {
  await seats.load();
  await seats.take('seat-maren');
  const review = await opened();
  const thread = review.threadsOf(GOLD)[0];
  const remark = thread?.remarks[0];
  expect(review.view?.rights).toMatchObject({ review: false, write: true });
  await review.act({ act: 'take_suggestion', thread: thread?.id ?? '', remark: remark?.id ?? '' });
  expect(review.change(GOLD)?.change.after).toBe(212);
  expect(review.threadsOf(GOLD)[0]).toMatchObject({ settled: true });
  // A verdict is the DM's to give.
  expect(await review.verdict(GOLD, { verdict: 'accept' })).toBe(false);
  expect(demo.toast()).toMatchObject({ tone: 'problem', text: 'Only the DM may do that.' });
});

test('a merge that something stands in the way of is refused, and says what', async () => {
  const review = await opened();
  expect(review.view?.rights.merge).toBe(false);
  await merge(review);
  expect(demo.toast()).toMatchObject({ tone: 'problem', text: 'One conflict to be decided first.' });
  expect(review.view?.row.state).toBe('open');
});

test('accepted, decided, settled, allowed and approved, it is merged; the message takes it back out of main', async () => {
  const review = await opened();
  await review.acceptAll();
  await review.decide(STYLE, { take: 'side', side: 0 });
  await review.act({ act: 'settle', thread: 'thread-gold', settled: true });
  await review.act({ act: 'allow', key: 'violation-cloak', reason: 'A gift' });
  await review.act({ act: 'approve' });
  expect(review.view?.hindrances).toEqual([]);
  const gold = async () => {
    const id = review.view?.row.character.id ?? '';
    return (await api.show(id)).source.equipment.currency.gp;
  };
  const before = await gold();
  await merge(review);
  expect(review.view?.row.state).toBe('merged');
  expect(await gold()).toBe(162);
  expect(demo.toast()?.text).toContain('is in main now');
  await demo.toast()?.action?.run();
  expect(await gold()).toBe(before);
});

test('what its author takes back is open again by the message, and what is asked back can be changed on its line', async () => {
  await seats.load();
  await seats.take('seat-maren');
  const review = await opened();
  expect(possible(review)).toMatchObject({ withdraws: true, describes: true, asks: false, opens: false });
  await withdraw(review);
  expect(review.view?.row.state).toBe('withdrawn');
  expect(possible(review)).toMatchObject({ withdraws: false, opens: true });
  await demo.toast()?.action?.run();
  expect(review.view?.row.state).toBe('open');
});

test('a conflict is decided for a third value', async () => {
  const review = await opened();
  await review.decide(STYLE, { take: 'value', value: 'Dueling' });
  expect(review.change(STYLE)?.decision).toEqual({ take: 'value', value: 'Dueling' });
  expect(fate(review, STYLE)).toBe('accepted');
});

test('the queue merges what is approved and tells of it', async () => {
  await opened();
  expect(requests.inbox.queue.map((row) => row.number)).toEqual([6]);
  const done = await requests.mergeAll();
  expect(done?.requests.map((one) => one.merged)).toEqual([true]);
  expect(requests.inbox.queue).toHaveLength(0);
  expect(demo.toast()?.text).toBe('1 request merged.');
});

test('what the queue merged is taken out of main again by its message, all of it', async () => {
  await opened();
  const row = requests.inbox.queue[0];
  const gold = async () => (await api.show(row?.character.id ?? '')).source.equipment.currency.gp;
  const before = await gold();
  await mergeQueue();
  expect(await gold()).toBe(28);
  await demo.toast()?.action?.run();
  expect(await gold()).toBe(before);
});

test('an approved request says what is still in the way of merging it', async () => {
  await opened();
  const row = requests.inbox.queue[0];
  if (!row) throw new Error('nothing is approved');
  expect(standing(row).words).toBe('approved');
  expect(standing({ ...row, violations: 2 })).toEqual({ words: '2 objections', tone: 'warn' });
  expect(standing({ ...row, open_threads: 1 })).toEqual({ words: '1 open talk', tone: 'warn' });
});

test('the keyboard walks over the changes in their order and stops at the ends', async () => {
  const review = await opened('request-8');
  const paths = review.changes.map((one) => one.change.path);
  expect(review.move(-1)).toBe(paths.at(-1));
  expect(review.move(1)).toBe(paths.at(-1));
  review.move(-1);
  review.move(-1);
  expect(review.move(-1)).toBe(paths[0]);
});

test('news of the request are on show without being asked for', async () => {
  const review = await opened();
  const stop = review.watch();
  await new Review('request-7').act({ act: 'withdraw' });
  await vi.waitFor(() => expect(review.view?.row.state).toBe('withdrawn'));
  stop();
});

test('a request that cannot be read says why', async () => {
  const review = new Review('nobody');
  await review.load();
  flushSync();
  expect(review.view).toBeNull();
  expect(review.failure?.code).toBe('not_found');
});

test('the last word of a line is what matters most', async () => {
  await opened();
  const words = Object.fromEntries(requests.all.map((row) => [row.number, standing(row).words]));
  expect(words).toMatchObject({
    4: 'rejected',
    6: 'approved',
    7: '1 conflict',
    8: 'all checks pass',
    9: 'accepted by rule',
    10: 'changed since it was approved',
    11: 'changes asked for',
  });
});

test('only values of one cell can be typed anew', async () => {
  const review = await opened();
  const sort = (path: string) => {
    const one = review.change(path);
    return one ? typedAs(one) : undefined;
  };
  expect([sort(GOLD), sort(CLOAK), sort('/identity/personality/backstory')]).toEqual([
    'number',
    null,
    'long',
  ]);
  expect(review.changes.filter(comesIn)).toHaveLength(4);
});

test('of long prose only the changes and what stands around them is shown at first', () => {
  const long = 'The reeds went quiet, and nobody said a word. '.repeat(20);
  const words = [
    { fate: 'kept' as const, text: long },
    { fate: 'removed' as const, text: 'horns' },
    { fate: 'added' as const, text: 'drums' },
    { fate: 'kept' as const, text: ` ${long}` },
  ];
  const short = excerpt(words);
  expect(short.cut).toBe(true);
  expect(short.runs.map(({ fate }) => fate)).toEqual(words.map(({ fate }) => fate));
  expect(short.runs.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(220);
  expect(short.runs[0]?.text).toMatch(/^… .*word\. $/);
  expect(excerpt(words.slice(1, 3))).toEqual({ runs: words.slice(1, 3), cut: false });
  expect(excerpt([{ fate: 'added', text: long.repeat(3) }]).runs[0]?.text.length).toBeLessThan(910);
});
