/** Packs of a house's own: written in the window, checked while one types, kept, and built on by characters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Key } from 'webdriverio';
import { Home, withApp } from './app.js';
import { goTo, goToPart, isAt, makeCharacter, openCharacter, press, saved, sees, seesNoMore, type } from './page.js';
import { addNamed, listed, makePack, openPack } from './packing.js';

test('a spell is written, checked while one types, found in the compendium, and there after a restart', async () => {
  const home = await Home.make();
  try {
    await withApp(
      async ({ page }) => {
        await makePack(page, 'Tales of Lanternfall');
        await addNamed(page, 'Spell', 'Cinder Step');
        await sees(page, 'Nothing is wrong with it');
        await listed(page, 'Cinder Step');

        // A line that says nothing sensible is marked on its line, and kept.
        await page.keys([Key.Ctrl, Key.End]);
        await type(page, 'attack = "sideways"\n');
        await sees(page, '1 problem');
        assert.match(await page.$('[aria-label="Problems"]').getText(), /sideways/);
        await page.keys([Key.Ctrl, 'z']);
        await sees(page, 'Nothing is wrong with it');
        // The styles of the editor are there although the page allows no inline ones.
        const gutter = await page.$('.cm-gutters').getCSSProperty('display');
        assert.equal(gutter.value, 'flex');

        await goTo(page, 'Compendium');
        await page.keys('/');
        await type(page, 'cinder step');
        await page.$('//*[@aria-label="Things found"]//button[.//*[normalize-space()="Cinder Step"]]').waitForDisplayed();
      },
      { home },
    );
    await withApp(
      async ({ page }) => {
        await goTo(page, 'Homebrew');
        await openPack(page, 'Tales of Lanternfall');
        await listed(page, 'Cinder Step');
      },
      { home },
    );
  } finally {
    await home.remove();
  }
});

test('a newer pack changes a character only when it is reviewed and taken over', async () => {
  await withApp(async ({ page }) => {
    await makePack(page, 'House');
    await addNamed(page, 'Species', 'Mothfolk');
    await sees(page, 'Nothing is wrong with it');
    await listed(page, 'Mothfolk');
    await goTo(page, 'Library');
    await makeCharacter(page, 'Mo Lampwing');
    await isAt(page, 'Mo Lampwing');
    await saved(page);

    await goTo(page, 'Homebrew');
    await openPack(page, 'House');
    await addNamed(page, 'Feat', 'Lantern Bearer');
    await listed(page, 'Lantern Bearer');

    await openCharacter(page, 'Mo Lampwing');
    await goToPart(page, 'Build');
    const step = page.$('//nav[@aria-label="Choices"]//button[contains(normalize-space(), "Packs")]');
    await step.waitForClickable();
    await step.click();
    await sees(page, 'Newer version');
    const review = page.$('//main//button[contains(normalize-space(), "eview")]');
    await review.waitForClickable();
    await review.click();
    await sees(page, 'Lantern Bearer');
    await press(page, 'Take over');
    await seesNoMore(page, 'Newer version');
    await saved(page);
  });
});
