/** The screens of the rules, in the order of the tour: building, level-up, play, browsing, the compendium, explanations. */
import { Key } from 'webdriverio';
import { goToStep, pick, pickSpells, pressOption, takeStart } from './building.js';
import { goTo, goToPart, hitPoints, isAt, makeCharacter, openCharacter, openWhy, press, saved, sees, takeDamage, type } from './page.js';
import { hasHitPoints, heal, pressCondition, pressLabelled, quickCharacter, rest, strike } from './table.js';

import { addNamed, listed, makePack, toShelf } from './packing.js';

/** @typedef {import('./app.js').Browser} Browser */
/** @typedef {(name: string) => Promise<void>} Visit */

/**
 * Walks through the screens of the rules and calls `visit` at each.
 *
 * @param {Browser} page
 * @param {Visit} visit
 */
export async function walkRules(page, visit) {
  await building(page, visit);
  await atTheTable(page, visit);
  await veryLong(page, visit);
  await compendium(page, visit);
}

/** Closes the messages, so that they cover nothing. @param {Browser} page */
async function closeMessages(page) {
  await page.execute(() => {
    for (const close of document.querySelectorAll('[aria-label="Close this message"], [aria-label="Put the result away"]')) {
      if (close instanceof HTMLElement) close.click();
    }
  });
  await page.$('[aria-label="Close this message"]').waitForExist({ reverse: true });
}

/** @param {Browser} page @param {Visit} visit */
async function building(page, visit) {
  await goTo(page, 'Library');
  await makeCharacter(page, 'Mira Thornway');
  await isAt(page, 'Mira Thornway');
  await goToStep(page, 'Species');
  await page.$('.panel button.option').waitForDisplayed();
  await visit('build-empty');
  await pick(page, 'Species', 'Gnome');
  await pick(page, 'Background', 'Sage');
  await goToStep(page, 'Level 1');
  await pressOption(page, 'Cleric');
  await goToStep(page, 'Skill');
  await page.$('.panel button.option').waitForDisplayed();
  await closeMessages(page);
  await visit('build-half');
  await goToStep(page, 'Ability increases');
  for (const ability of ['Wisdom', 'Wisdom', 'Constitution']) {
    const more = page.$(`[aria-label="One more to ${ability}"]`);
    await more.waitForClickable();
    await more.click();
    await saved(page);
  }
  await visit('build-points');
  await goToStep(page, 'Ability scores');
  await page.$('//*[@role="radio"][normalize-space()="Point buy"]').click();
  await sees(page, 'of 27 points left');
  await visit('build-scores');
  await goToStep(page, 'Cleric spells');
  await pickSpells(page, 'Cantrips', 'Guidance', 'Light');
  await visit('build-spells');
  await press(page, 'Choose for me');
  await sees(page, 'Every choice is made');
  await goToStep(page, 'Starting equipment');
  await takeStart(page, 'Cleric', 'Amulet');
  await visit('build-start');
  await closeMessages(page);
  await goToStep(page, 'Species');
  await page.$('.panel .picked').waitForExist();
  await visit('build-done');
  await press(page, 'Level up');
  await page.$('.panel .brings table').waitForDisplayed();
  await closeMessages(page);
  await visit('level-up');
  for (let level = 2; level <= 4; level += 1) {
    await press(page, 'Level up');
    await press(page, `Take level ${level}: Cleric`);
    await sees(page, `Level ${level}: Cleric ${level}`);
    await press(page, 'Choose for me');
    await sees(page, 'Every choice is made');
  }
  await press(page, 'Level up');
  await page.$('.panel .brings table').waitForDisplayed();
  await closeMessages(page);
  await visit('level-up-five');
}

/** @param {Browser} page @param {Visit} visit */
async function atTheTable(page, visit) {
  const name = 'Hild Brandsdottir';
  await quickCharacter(page, {
    name,
    levels: ['Cleric', 'Cleric', 'Cleric', 'Cleric', 'Cleric', 'Cleric', 'Fighter'],
    species: 'Dwarf',
    background: 'Soldier',
  });
  await openCharacter(page, name);
  await goToPart(page, 'Play');
  await takeDamage(page, 17);
  await pressLabelled(page, 'Cast Shield of Faith');
  await sees(page, 'Concentrating on Shield of Faith');
  await press(page, '+ condition');
  await page.$('.kit-popover').waitForDisplayed();
  await visit('play-add-condition');
  await pressCondition(page, 'Poisoned');
  await page.$('[aria-label="Poisoned ends"]').waitForDisplayed();
  await closeMessages(page);
  await visit('play');
  await pressLabelled(page, 'Damage with its type, temporary hit points');
  await page.$('.kit-popover').waitForDisplayed();
  await visit('play-damage');
  await page.keys(Key.Escape);
  await page.$('.kit-popover').waitForExist({ reverse: true });
  await pressLabelled(page, 'Other ways to cast Healing Word');
  await page.$('[role="menuitem"]').waitForDisplayed();
  await visit('play-ways-to-cast');
  await page.keys(Key.Escape);
  await page.$('[role="menuitem"]').waitForExist({ reverse: true });
  const damage = await strike(page, 'Mace');
  await visit('play-attack');
  await damage.click();
  await takeDamage(page, 6);
  await page.$('.ask').waitForDisplayed();
  await press(page, 'Dice');
  await page.$('section[aria-label="Dice"]').waitForDisplayed();
  await type(page, '2d6+3');
  await page.keys(Key.Enter);
  await page.$('.latest .roll').waitForDisplayed();
  await visit('play-dice');
  await page.keys(Key.Escape);
  await page.$('section[aria-label="Dice"]').waitForExist({ reverse: true });
  await pressLabelled(page, 'Not now');

  await press(page, 'Short rest');
  await page.$('[role="dialog"] .die').waitForDisplayed();
  await visit('rest-short');
  await page.keys(Key.Escape);
  await page.$('[role="dialog"]').waitForExist({ reverse: true });
  await rest(page, 'Long');
  await visit('rest-long-done');
  await press(page, 'Done');
  await page.$('[role="dialog"]').waitForExist({ reverse: true });

  await closeMessages(page);
  await openWhy(page, '/combat/armor_class');
  for (let depth = 0; depth < 4; depth += 1) {
    const folded = page.$('.why [role="treeitem"][aria-expanded="false"] .unfold');
    if (!(await folded.isExisting())) break;
    await folded.click();
  }
  await visit('why-tree');
  await page.keys(Key.Escape);
  await page.$('.why').waitForExist({ reverse: true });
  for (const part of ['Character', 'Equipment', 'Spells']) {
    await goToPart(page, part);
    await visit(`built-${part.toLowerCase()}`);
  }

  await goToPart(page, 'Spells');
  await press(page, 'Add from the compendium');
  await page.$('aside[aria-label="Add spells"] button.thing').waitForDisplayed();
  await page.keys(Key.ArrowDown);
  await page.$('aside .pane article').waitForDisplayed();
  await closeMessages(page);
  await visit('browser-spells');
  await page.keys(Key.Escape);
  await page.$('aside[aria-label="Add spells"]').waitForExist({ reverse: true });
  await goToPart(page, 'Equipment');
  await press(page, 'Add from the compendium');
  await page.$('aside[aria-label="Add equipment"] button.thing').waitForDisplayed();
  await type(page, 'plate');
  await page.$('//aside//button[contains(@class, "thing")][.//*[normalize-space()="Plate Armor"]]').waitForDisplayed();
  await page.keys(Key.ArrowDown);
  await page.$('aside .pane article').waitForDisplayed();
  await closeMessages(page);
  await visit('browser-items');
  await page.keys(Key.Escape);
  await page.$('aside[aria-label="Add equipment"]').waitForExist({ reverse: true });

  await goToPart(page, 'Play');
  await takeDamage(page, await hitPoints(page));
  await hasHitPoints(page, 0);
  await closeMessages(page);
  await visit('play-dying');
  await heal(page, 10);
}

/** @param {Browser} page @param {Visit} visit */
async function veryLong(page, visit) {
  const name = 'Alexandrina Wilhelmina of the Seven Silver Bells and the Long Grey Road';
  const three = (/** @type {string} */ one, /** @type {number} */ count) => Array.from({ length: count }, () => one);
  await quickCharacter(page, {
    name,
    levels: [...three('Wizard', 9), ...three('Cleric', 6), ...three('Fighter', 5)],
    species: 'Dragonborn',
    background: 'Sage',
  });
  await openCharacter(page, name);
  await goToPart(page, 'Play');
  await visit('long-play');
  await goToPart(page, 'Build');
  await page.$('nav[aria-label="Choices"]').waitForDisplayed();
  await visit('long-build');
  await goToPart(page, 'Character');
  await visit('long-character');
  await goToPart(page, 'Spells');
  await visit('long-spells');
}

/** @param {Browser} page @param {Visit} visit */
async function compendium(page, visit) {
  await goTo(page, 'Compendium');
  await page.$('[aria-label="Things found"] button.thing').waitForDisplayed();
  await visit('compendium');
  for (const [words, name] of [
    ['fireball', 'Fireball'],
    ['adult red dragon', 'Adult Red Dragon'],
    ['wizard', 'Wizard'],
  ]) {
    await page.$('input[type="search"]').click();
    await page.keys([Key.Ctrl, 'a']);
    await type(page, words ?? '');
    const row = page.$(`//*[@aria-label="Things found"]//button[.//*[normalize-space()="${name}"]]`);
    await row.waitForClickable();
    await row.click();
    await page.$(`.pane [role="region"][aria-label="${name}"]`).waitForDisplayed();
    await visit(`compendium-${name?.toLowerCase().replaceAll(' ', '-')}`);
  }
  await page.$('input[type="search"]').click();
  await page.keys([Key.Ctrl, 'a']);
  await type(page, 'zzzz');
  await sees(page, 'Nothing like that');
  await visit('compendium-nothing');
}

/**
 * Walks through the screens of packs and calls `visit` at each.
 *
 * @param {Browser} page
 * @param {Visit} visit
 */
export async function walkPacks(page, visit) {
  await goTo(page, 'Homebrew');
  await page.$('button=New pack').waitForDisplayed();
  await visit('homebrew-empty');
  await makePack(page, 'Tales of Lanternfall');
  await visit('pack-empty');
  await addNamed(page, 'Species', 'Mothfolk');
  await listed(page, 'Mothfolk');
  await addNamed(page, 'Spell', 'Cinder Step');
  await sees(page, 'Nothing is wrong with it');
  await listed(page, 'Cinder Step');
  await closeMessages(page);
  await visit('pack');
  await page.keys([Key.Ctrl, Key.End]);
  await type(page, 'attack = "sideways"\n');
  await sees(page, '1 problem');
  await visit('pack-problem');
  await toShelf(page);
  await visit('homebrew');
}
