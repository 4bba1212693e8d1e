/** Health, backups and the shell's own commands of the demo host, with figures that move like real ones. */
import type { BackupInfo, CommandFigures, HealthView, LibraryStatus } from '~/api/wire';
import { refuse, type Commands, type World } from './world';

const DAY = 8.64e7;

export function backupsAt(now: Date): BackupInfo[] {
  return [0.3, 1.3, 2.3, 5.3, 12.3].map((days, index) => {
    const time = new Date(now.getTime() - days * DAY);
    return {
      name: `${time.toISOString().slice(0, 16).replace(':', '-')}.forkbeard-backup`,
      time: time.toISOString(),
      bytes: 6_400_000 - index * 310_000,
      verified: index !== 3,
    };
  });
}

export function healthCommands(world: World): Commands {
  const backups = backupsAt(world.now());
  const started = world.now().getTime();
  let reads = 0;

  return {
    health_status: () => world.status,
    health_view: () => figures(world, reads++, (world.now().getTime() - started) / 1000),
    health_backups: () => backups,
    health_backup: () => {
      const time = world.now();
      const made: BackupInfo = {
        name: `${time.toISOString().slice(0, 19).replaceAll(':', '-')}.forkbeard-backup`,
        time: time.toISOString(),
        bytes: 6_520_000,
        verified: true,
      };
      backups.unshift(made);
      return made;
    },
    health_restore: ({ name }) => {
      if (!backups.some((backup) => backup.name === name && backup.verified))
        refuse({
          code: 'damaged',
          message: 'This backup did not read back whole.',
          hint: 'Choose one that is marked as verified.',
          cell: null,
        });
      return open(world);
    },
    health_reopen: () => world.status,
    health_doctor: ({ rebuild }) => ({
      healthy: true,
      records: 4812,
      commits: 4377,
      documents: world.rows.length,
      millis: 184,
      problems: [],
      rebuilt: rebuild === true,
    }),
    shell_ready: () => null,
    shell_set_color_scheme: () => null,
    shell_show_folder: () => null,
    shell_about: () => ({
      version: '0.1.0',
      platform: 'browser demo',
      library: world.status.folder,
      logs: '~/.local/share/forkbeard/logs',
    }),
  };
}

function open(world: World): LibraryStatus {
  world.status = {
    state: 'open',
    folder: world.status.folder,
    read_only: null,
    notices: ['The library was put back from a backup. What stood there before is kept beside it.'],
    characters: world.rows.length,
    backups: backupsAt(world.now()),
  };
  world.emit({ event: 'library_changed' });
  return world.status;
}

function figures(world: World, turn: number, uptime: number): HealthView {
  const sway = (base: number, amount: number, speed: number) =>
    base + amount * Math.sin(turn / speed) + amount * 0.4 * Math.sin(turn * 1.7);
  const commands: CommandFigures[] = [
    ['health.view', turn + 4, 0, 410, 780, 1200],
    ['history.list', 38, 0, 920, 2100, 3800],
    ['roster.create', 3, 0, 610, 900, 900],
    ['roster.list', 212, 0, 260, 1900, 4300],
    ['sheet.edit', 412 + turn * 2, 3, 480, 1150, 2900],
    ['sheet.explain', 61, 0, 35, 90, 140],
    ['sheet.show', 180, 1, 95, 1400, 4100],
    ['sheet.undo', 14, 0, 520, 980, 1300],
  ].map(([name, count, errors, p50, p95, p99]) => ({
    name: name as string,
    count: count as number,
    errors: errors as number,
    p50: p50 as number,
    p95: p95 as number,
    p99: p99 as number,
    max: (p99 as number) * 1.6,
  }));
  const readOnly = world.status.state === 'open' && world.status.read_only !== null;
  return {
    time: world.now().toISOString(),
    checks: [
      readOnly
        ? {
            id: 'library_writable',
            title: 'Library can be written',
            state: 'fail',
            detail: 'The folder does not allow writing.',
            advice:
              'Give yourself the right to write in it, or free room on the disk, then reopen the library.',
          }
        : {
            id: 'library_writable',
            title: 'Library can be written',
            state: 'ok',
            detail: 'A test record was written and synced in 0.2 ms.',
            advice: null,
          },
      {
        id: 'disk_space',
        title: 'Room on the disk',
        state: 'warn',
        detail: '1.4 GB are free where the library lies.',
        advice: 'Free some room before long: below 200 MB the library turns read-only.',
      },
      {
        id: 'index_in_step',
        title: 'Index in step with the ledger',
        state: 'ok',
        detail: 'Both stand at record 4,812.',
        advice: null,
      },
      {
        id: 'last_backup',
        title: 'Newest backup',
        state: 'ok',
        detail: 'Made 7 hours ago and read back whole.',
        advice: null,
      },
    ],
    figures: {
      commands,
      caches: [
        { name: 'lists', hits: 188 + turn, misses: 24, hit_rate: 0.89 },
        { name: 'sheets', hits: 540 + turn * 3, misses: 41, hit_rate: 0.93 },
        { name: 'thumbnails', hits: 96, misses: 12, hit_rate: 0.89 },
      ],
      store: {
        appends: 4812 + turn * 2,
        appended_bytes: 5.1e6 + turn * 1800,
        sync: { count: 4600 + turn * 2, mean: 214, p50: 176, p95: 330, p99: 440, max: 5200 },
        group_size: { count: 4600 + turn * 2, mean: 1.05, p50: 1, p95: 1, p99: 3, max: 8 },
        replays: 1,
        replayed_records: 12,
        replay_us: 5400,
        ledger_bytes: 16_777_216,
        index_bytes: 2_310_144,
      },
      process: {
        cpu_percent: Math.max(0.3, sway(4, 3, 3)),
        memory_bytes: Math.max(4e7, sway(8.6e7, 2.5e6, 7)),
        threads: 14,
        uptime_s: uptime + 4210,
      },
      counters: [{ name: 'events_sent', count: 431 + turn }],
      gauges: [],
      histograms: [],
    },
  };
}
