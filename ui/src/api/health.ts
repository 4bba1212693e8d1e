/** How the library and the program are: status, figures, checks, backups, examination. */
import { host } from '~/host/host';
import type { BackupInfo, DoctorReport, HealthView, LibraryStatus } from './wire';

export function status(): Promise<LibraryStatus> {
  return host().call('health_status');
}

/** Reads figures and checks; the backend samples the process only when this is asked. */
export function view(): Promise<HealthView> {
  return host().call('health_view');
}

/** Examines every record and hash; with `rebuild`, builds the index anew. */
export function doctor(rebuild: boolean): Promise<DoctorReport> {
  return host().call('health_doctor', { rebuild });
}

export function backups(): Promise<BackupInfo[]> {
  return host().call('health_backups');
}

export function backUp(): Promise<BackupInfo> {
  return host().call('health_backup');
}

/** Puts a backup in the place of the library; what stood there is kept beside it. */
export function restoreBackup(name: string): Promise<LibraryStatus> {
  return host().call('health_restore', { name });
}

/** Tries to open the library again. */
export function reopen(): Promise<LibraryStatus> {
  return host().call('health_reopen');
}
