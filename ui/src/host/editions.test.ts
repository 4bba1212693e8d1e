import { expect, it } from 'vitest';
import type { ActOutcome, EditOutcome, SheetAnswer, SheetView, Told } from '~/api/wire';
import { deedOf, editOf, sheetOf } from './editions';

const view = (id: string, hp: number) =>
  ({
    id,
    commit: `${hp}`,
    sheet: { combat: { current_hp: hp }, notes: { text: 'long' } },
  }) as unknown as SheetView;
const whole = (edition: string, id: string, hp: number): SheetAnswer => ({ edition, ...view(id, hp) });
const hit = (edition: string, since: string, hp: number): SheetAnswer => ({
  edition,
  since,
  change: {
    of: 'members',
    changed: {
      commit: { of: 'value', value: `${hp}` },
      sheet: {
        of: 'members',
        changed: {
          combat: { of: 'members', changed: { current_hp: { of: 'value', value: hp } }, gone: [] },
        },
        gone: [],
      },
    },
    gone: [],
  },
});
const saved = (sheet: SheetAnswer): Told<EditOutcome> => ({
  status: 'saved',
  view: sheet,
  changes: [],
  merged: [],
});

it('tells which sheet it has, and makes the change on it', async () => {
  const asked: (string | null)[] = [];
  const call =
    <T>(answer: T) =>
    (has: string | null) => {
      asked.push(has);
      return Promise.resolve(answer);
    };
  const first = await sheetOf('a', call(whole('1', 'a', 12)));
  expect(first).toEqual(view('a', 12));
  const second = await editOf('a', call(saved(hit('2', '1', 9))));
  expect(second.view).toEqual(view('a', 9));
  expect(second.view.sheet.notes).toBe(first.sheet.notes);
  const done = { outcome: {}, edit: saved(hit('3', '2', 4)) } as unknown as Told<ActOutcome>;
  expect((await deedOf('a', call(done))).edit?.view).toEqual(view('a', 4));
  const nothing = { outcome: {}, edit: null } as unknown as Told<ActOutcome>;
  expect((await deedOf('a', call(nothing))).edit).toBeNull();
  await sheetOf('b', call(whole('4', 'b', 1)));
  expect(asked).toEqual([null, '1', '2', '3', null]);
});

it('makes each of two changes on the sheet that was there when it was asked for', async () => {
  await sheetOf('c', () => Promise.resolve(whole('1', 'c', 12)));
  const [one, two] = await Promise.all([
    editOf('c', (has) => Promise.resolve(saved(hit('2', has ?? '', 9)))),
    editOf('c', (has) => Promise.resolve(saved(hit('3', has ?? '', 7)))),
  ]);
  expect(one.view).toEqual(view('c', 9));
  expect(two.view).toEqual(view('c', 7));
});

it('takes a whole sheet where the backend no longer knows the other', async () => {
  await sheetOf('d', () => Promise.resolve(whole('1', 'd', 12)));
  expect(await sheetOf('d', () => Promise.resolve(whole('2', 'd', 3)))).toEqual(view('d', 3));
});

it('shows nothing rather than a change of a sheet that it does not have', async () => {
  await sheetOf('e', () => Promise.resolve(whole('1', 'e', 12)));
  await expect(sheetOf('e', () => Promise.resolve(hit('3', '2', 9)))).rejects.toThrow('does not have');
});
