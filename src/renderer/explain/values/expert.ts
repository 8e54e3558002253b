// Severities of expert information, by Wireshark's numbers.
import { value, type ValueTexts } from '../card'

/** Expert severities. */
export const expertSeverities: ValueTexts = {
  '1048576': value('Comment', 'A comment stored in the file.', '保存在文件中的注释。'),
  '2097152': value('Chat', 'Usual course of a connection, for example a SYN.', '连接的正常过程，例如 SYN。'),
  '4194304': value('Note', 'Notable but often normal, for example a retransmission.', '值得注意但往往正常，例如重传。'),
  '6291456': value('Warning', 'Unusual, for example a gap or a zero window.', '异常，例如缺口或零窗口。'),
  '8388608': value('Error', 'A serious problem, for example malformed bytes.', '严重问题，例如格式错误。'),
}

/** Names and meaning of the levels 1 to 4 of a tree row. */
export const severityLevels: ValueTexts = {
  '1': value('Chat', 'Usual course of a connection.', '连接的正常过程。'),
  '2': value('Note', 'Notable, often normal.', '值得注意，往往正常。'),
  '3': value('Warning', 'Unusual; worth a look.', '异常，值得查看。'),
  '4': value('Error', 'A serious problem.', '严重问题。'),
}
