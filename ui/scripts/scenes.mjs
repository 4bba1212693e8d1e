// The states of the interface that are worth looking at, each played in the demo host.
const ready = (page) => page.waitForSelector('h1');

/** Makes a new character and shows its sheet. */
const begin = async (page, way) => {
  await ready(page);
  await page.click('text=New character');
  await page.keyboard.type('Wren');
  if (way) await page.click(`role=radio[name="${way}"]`);
  await page.click('text=Make character');
  await page.waitForSelector('[role=tab]');
};

const homebrew = async (page) => {
  await ready(page);
  await page.click('nav >> text=Homebrew');
  await page.waitForSelector('h1:has-text("Homebrew")');
  await page.waitForTimeout(100);
};

/** Opens a pack at one of its things. */
const pack = async (page, name, thing) => {
  await homebrew(page);
  await page.click(`role=button[name=/^${name}/]`);
  await page.waitForSelector('.cm-content');
  await page.click(`.index >> text=${thing}`);
  await page.waitForSelector('.cm-content');
  await page.waitForTimeout(200);
};

/** A quick character at the packs it is built on. */
const packsStep = async (page) => {
  await begin(page, 'Quick build');
  await page.click('role=tab[name="Build"]');
  await page.click('nav[aria-label="Choices"] >> text=Packs');
  await page.waitForSelector('ul[aria-label="Built on"] li');
};

export const scenes = [
  { name: 'kit', query: '?gallery', size: { width: 1320, height: 1000 }, act: ready },
  { name: 'library', act: ready },
  {
    name: 'library-rows',
    act: async (page) => {
      await ready(page);
      await page.keyboard.press('v');
    },
  },
  {
    name: 'library-many',
    query: '?many=10000',
    act: async (page) => {
      await ready(page);
      await page.keyboard.press('v');
    },
  },
  {
    name: 'library-scrolled',
    query: '?many=10000',
    themes: ['light'],
    act: async (page) => {
      await ready(page);
      await page.mouse.move(700, 500);
      await page.mouse.wheel(0, 60000);
    },
    wait: 600,
  },
  { name: 'library-empty', query: '?empty', act: ready },
  { name: 'library-loading', query: '?slow=roster', themes: ['light'], act: ready },
  { name: 'library-failing', query: '?failing', act: ready },
  {
    name: 'library-nothing',
    themes: ['light'],
    act: async (page) => {
      await ready(page);
      await page.keyboard.press('/');
      await page.keyboard.type('beholder');
    },
  },
  {
    name: 'library-archived',
    themes: ['light'],
    act: async (page) => {
      await ready(page);
      await page.click('text=Archived');
    },
  },
  {
    name: 'library-menu',
    act: async (page) => {
      await ready(page);
      await page.click('article >> nth=1', { button: 'right' });
    },
  },
  {
    name: 'library-toast',
    act: async (page) => {
      await ready(page);
      await page.click('article >> nth=1', { button: 'right' });
      await page.click('[role=menuitem]:has-text("Archive")');
    },
  },
  { name: 'library-readonly', query: '?library=read_only', act: ready },
  { name: 'library-narrow', size: { width: 720, height: 820 }, act: ready },
  { name: 'library-long', query: '?long', act: ready },
  {
    name: 'library-focus',
    themes: ['light'],
    act: async (page) => {
      await ready(page);
      await page.keyboard.press('/');
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(100);
      await page.keyboard.press('ArrowRight');
    },
  },
  {
    name: 'new-character',
    act: async (page) => {
      await ready(page);
      await page.click('text=New character');
      await page.keyboard.type('Éowyn of the Mark');
    },
  },
  {
    name: 'new-character-taken',
    themes: ['light'],
    act: async (page) => {
      await ready(page);
      await page.click('text=New character');
      await page.keyboard.type('Pip');
      await page.fill('input[maxlength="60"]', 'pip-underbough');
      await page.click('text=Make character');
    },
  },
  {
    name: 'new-character-quick',
    act: async (page) => {
      await ready(page);
      await page.click('text=New character');
      await page.keyboard.type('Wren');
      await page.click('role=radio[name="Quick build"]');
    },
  },
  {
    name: 'builder',
    act: async (page) => {
      await begin(page);
      await page.click('.option:has-text("Elf")');
      await page.click('nav[aria-label=Choices] >> text="Keen Senses"');
      await page.waitForSelector('.option:has-text("Perception")');
    },
  },
  {
    name: 'builder-scores',
    act: async (page) => {
      await begin(page);
      await page.click('nav[aria-label=Choices] >> text="Ability scores"');
      await page.click('role=radio[name="Point buy"]');
    },
  },
  {
    name: 'builder-narrow',
    size: { width: 760, height: 860 },
    act: async (page) => {
      await begin(page, 'Quick build');
      await page.click('role=tab[name=Build]');
    },
  },
  {
    name: 'level-up',
    act: async (page) => {
      await begin(page, 'Quick build');
      await page.click('role=button[name="Level up"]');
      await page.waitForSelector('text=Take level 2');
    },
  },
  {
    name: 'select-open',
    act: async (page) => {
      await ready(page);
      await page.click('text=Any class');
    },
  },
  {
    name: 'palette',
    act: async (page) => {
      await ready(page);
      await page.keyboard.press('Control+k');
      await page.waitForTimeout(150);
    },
  },
  {
    name: 'palette-search',
    themes: ['light'],
    act: async (page) => {
      await ready(page);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('so');
      await page.waitForTimeout(150);
    },
  },
  {
    name: 'shortcuts',
    act: async (page) => {
      await ready(page);
      await page.keyboard.press('?');
    },
  },
  {
    name: 'health',
    act: async (page) => {
      await ready(page);
      await page.click('nav >> text=Health');
      await page.waitForTimeout(12500);
    },
  },
  {
    name: 'health-full',
    themes: ['light'],
    size: { width: 1320, height: 1700 },
    act: async (page) => {
      await ready(page);
      await page.click('nav >> text=Health');
      await page.waitForTimeout(8500);
    },
  },
  {
    name: 'settings',
    act: async (page) => {
      await ready(page);
      await page.click('nav >> text=Settings');
    },
  },
  {
    name: 'settings-full',
    size: { width: 1320, height: 1800 },
    act: async (page) => {
      await ready(page);
      await page.click('nav >> text=Settings');
      await page.click('text=Examine the library');
      await page.click('text=Licences and credits');
    },
  },
  {
    name: 'restore-dialog',
    act: async (page) => {
      await ready(page);
      await page.click('nav >> text=Settings');
      await page.click('text=Restore… >> nth=0');
    },
  },
  { name: 'closed-locked', query: '?library=locked', act: ready },
  { name: 'closed-newer', query: '?library=newer_schema', themes: ['light'], act: ready },
  { name: 'library-damaged', query: '?library=damaged', act: ready },
  { name: 'closed-internal', query: '?library=internal', act: ready },
  { name: 'closed-nolibrary', query: '?library=not_a_library', themes: ['light'], act: ready },
  {
    name: 'rail',
    act: async (page) => {
      await ready(page);
      for (const name of [
        'Sorrel Quickfen',
        'Abbess Ferrin',
        'Ysolde of the Seven Lamps',
        'Brannoch Ironvow',
      ]) {
        await page.click(`article button:has-text("${name}")`);
        await page.waitForSelector(`nav button[aria-label="${name}"]`);
        if (name !== 'Brannoch Ironvow') await page.click('nav >> text=Library');
      }
      await page.click('nav button[aria-label="Ysolde of the Seven Lamps"]');
    },
  },
  {
    name: 'drop',
    themes: ['light'],
    wait: 60,
    act: async (page) => {
      await ready(page);
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(['{}'], 'pip.forkbeard'));
        document.dispatchEvent(
          new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      });
    },
  },
  { name: 'homebrew', act: homebrew },
  { name: 'homebrew-empty', query: '?empty', act: homebrew },
  { name: 'homebrew-many', query: '?many=1000', themes: ['light'], act: homebrew },
  { name: 'homebrew-failing', query: '?failing', themes: ['light'], act: homebrew },
  {
    name: 'homebrew-new',
    act: async (page) => {
      await homebrew(page);
      await page.keyboard.press('n');
      await page.waitForSelector('[role=dialog]');
    },
  },
  { name: 'pack', act: (page) => pack(page, 'Tales of Lanternfall', 'Lantern Swarm') },
  {
    name: 'pack-creature',
    themes: ['light'],
    act: (page) => pack(page, 'Tales of Lanternfall', 'Drowned Warden'),
  },
  { name: 'pack-problems', act: (page) => pack(page, 'House rules', 'Cinder Step') },
  { name: 'pack-unread', act: (page) => pack(page, 'House rules', 'Cannot be read') },
  {
    name: 'pack-typing',
    act: async (page) => {
      await pack(page, 'Tales of Lanternfall', 'Snuff');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+End');
      await page.keyboard.type('damage = [{ dice = "3x6", type = "fire" }]');
      await page.waitForSelector('text=1 problem');
    },
  },
  {
    name: 'pack-add',
    act: async (page) => {
      await pack(page, 'Tales of Lanternfall', 'Snuff');
      await page.click('role=button[name="Add"]');
    },
  },
  {
    name: 'pack-removed',
    themes: ['light'],
    act: async (page) => {
      await pack(page, 'Tales of Lanternfall', 'Snuff');
      await page.click('role=button[name="Remove"]');
      await page.waitForSelector('text=Removed Snuff');
    },
  },
  {
    name: 'pack-begun',
    act: async (page) => {
      await homebrew(page);
      await page.keyboard.press('n');
      await page.waitForSelector('[role=dialog]');
      await page.keyboard.type('House spells');
      await page.keyboard.press('Enter');
      await page.waitForSelector('text=Nothing in it yet');
    },
  },
  {
    name: 'pack-versions',
    act: async (page) => {
      await pack(page, 'Tales of Lanternfall', 'Snuff');
      await page.click('role=button[name="Versions"]');
      await page.click('role=button[name="Compare with now"] >> nth=1');
      await page.waitForSelector('dl dt >> text=damage');
    },
  },
  {
    name: 'pack-long',
    query: '?long',
    act: async (page) => {
      await homebrew(page);
      await page.click('text=The Complete and Unabridged');
      await page.waitForSelector('.cm-content');
    },
  },
  {
    name: 'pack-hundreds',
    query: '?many=1000',
    themes: ['light'],
    act: async (page) => {
      await homebrew(page);
      await page.click('text=Gazetteer, volume 1 >> nth=0');
      await page.waitForSelector('.cm-content');
      await page.keyboard.press('/');
      await page.keyboard.type('rite 39');
    },
  },
  {
    name: 'pack-narrow',
    size: { width: 1000, height: 760 },
    act: (page) => pack(page, 'House rules', 'Cinder Step'),
  },
  {
    name: 'pack-narrowest',
    size: { width: 700, height: 820 },
    act: (page) => pack(page, 'House rules', 'Cinder Step'),
  },
  {
    name: 'pack-readonly',
    query: '?library=read_only',
    themes: ['light'],
    act: (page) => pack(page, 'House rules', 'Cinder Step'),
  },
  { name: 'sheet-packs', act: packsStep },
  {
    name: 'sheet-packs-review',
    act: async (page) => {
      await packsStep(page);
      await page.click('role=button[name="Review"]');
      await page.waitForSelector('text=Take over');
    },
  },
  {
    name: 'sheet-packs-add',
    themes: ['light'],
    act: async (page) => {
      await packsStep(page);
      await page.click('text=Add…');
      await page.waitForSelector('text=Add it');
    },
  },
];
