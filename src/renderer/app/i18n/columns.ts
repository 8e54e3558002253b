// Titles of the built-in columns.
import type { BuiltInContent, Column } from '../../model/columns'
import { isBuiltIn } from '../../model/columns'
import { defineMessages, type PlainMessage, type Translate } from './messages'

const titles = defineMessages({
  en: {
    number: 'No.',
    time: 'Time',
    delta: 'Delta',
    deltaDisplayed: 'Delta shown',
    relative: 'Relative time',
    absolute: 'Date and time',
    source: 'Source',
    destination: 'Destination',
    sourcePort: 'Src port',
    destinationPort: 'Dst port',
    protocol: 'Protocol',
    length: 'Length',
    captured: 'Captured',
    info: 'Info',
    interface: 'Interface',
    stream: 'Stream',
    cumulative: 'Total bytes',
    comment: 'Comment',
  },
  zh: {
    number: '编号',
    time: '时间',
    delta: '时间差',
    deltaDisplayed: '显示时间差',
    relative: '相对时间',
    absolute: '日期和时间',
    source: '源',
    destination: '目的',
    sourcePort: '源端口',
    destinationPort: '目的端口',
    protocol: '协议',
    length: '长度',
    captured: '捕获长度',
    info: '信息',
    interface: '接口',
    stream: '流',
    cumulative: '累计字节',
    comment: '注释',
  },
})

/** Title of each built-in content. */
export const COLUMN_TITLES: Readonly<Record<BuiltInContent, PlainMessage>> = {
  number: titles.number,
  time: titles.time,
  'time-delta': titles.delta,
  'time-delta-displayed': titles.deltaDisplayed,
  'time-relative': titles.relative,
  'time-absolute': titles.absolute,
  source: titles.source,
  destination: titles.destination,
  'source-port': titles.sourcePort,
  'destination-port': titles.destinationPort,
  protocol: titles.protocol,
  length: titles.length,
  'captured-length': titles.captured,
  info: titles.info,
  interface: titles.interface,
  stream: titles.stream,
  'cumulative-bytes': titles.cumulative,
  comment: titles.comment,
}

/** The title a column shows: the user's, else the standard one; a field column shows the field's name. */
export function columnTitle(column: Pick<Column, 'title' | 'content'>, t: Translate): string {
  if (column.title !== null) return column.title
  return isBuiltIn(column.content) ? t(COLUMN_TITLES[column.content]) : column.content.slice('field:'.length)
}
