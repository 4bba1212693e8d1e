/** What a Table is told about its columns and its order. */
export interface Column {
  key: string;
  label: string;
  labelHidden?: boolean;
  align?: 'start' | 'center' | 'end';
  sortable?: boolean;
  /** The first press sorts downwards: for numbers and dates, where the largest matters. */
  descendingFirst?: boolean;
  nowrap?: boolean;
  /** Takes the room that the others leave. */
  grow?: boolean;
}

export interface Sort {
  key: string;
  descending: boolean;
}
