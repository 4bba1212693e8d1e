/** Who sits at this computer, and what the table leaves to whom. */
import { host } from '~/host/host';
import type { Role, TableRules, TableView } from './wire';

export function view(): Promise<TableView> {
  return host().call('seats_view');
}

export function add(name: string, role: Role): Promise<TableView> {
  return host().call('seats_add', { name, role });
}

/** Changes the name and the role of a seat; what was signed with the old name stays as it is. */
export function change(id: string, name: string, role: Role): Promise<TableView> {
  return host().call('seats_change', { id, name, role });
}

export function remove(id: string): Promise<TableView> {
  return host().call('seats_remove', { id });
}

/** Sits down at a seat; without one, stands up. */
export function take(id: string | null): Promise<TableView> {
  return host().call('seats_take', { id });
}

/** Says how changes come to main lines. */
export function setRules(rules: TableRules): Promise<TableView> {
  return host().call('seats_rules', { rules });
}
