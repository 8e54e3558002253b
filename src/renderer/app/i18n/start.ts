// Texts of the start screen.
import { defineMessages } from './messages'

/** Texts of the start screen. */
export const startMessages = defineMessages({
  en: {
    title: 'Open a capture',
    drop: 'Drop a capture here, or choose one.',
    dropNow: 'Let go to open it.',
    formats: 'pcap and pcapng, also compressed with gzip, zstd or lz4.',
    open: 'Open…',
    recent: 'Recent',
    noRecent: 'Files you open appear here.',
    clearRecent: 'Clear the list',
    forget: 'Forget {name}',
    missing: 'not found',
    samples: 'Samples',
    samplePackets: { one: '{count} packet', other: '{count} packets' },
    noSamples: 'No samples are installed.',
  },
  zh: {
    title: '打开捕获文件',
    drop: '将捕获文件拖到此处，或选择一个文件。',
    dropNow: '松开即可打开。',
    formats: '支持 pcap 与 pcapng，也可为 gzip、zstd 或 lz4 压缩文件。',
    open: '打开…',
    recent: '最近打开',
    noRecent: '打开过的文件会显示在这里。',
    clearRecent: '清空列表',
    forget: '从列表移除 {name}',
    missing: '文件不存在',
    samples: '示例',
    samplePackets: '{count} 个数据包',
    noSamples: '未安装示例。',
  },
})
