// The display-filter box: what it says while a filter is typed, and what it shows once it is applied.
import { NO_TSHARK, tshark, tsharkVersion } from '../support/tshark'
import { expect, test } from './support/host'
import {
  applyFilter,
  chooseMenu,
  detailRow,
  expectCount,
  expectLoaded,
  expectSelected,
  expectShown,
  filterBox,
  goToPacket,
  packetList,
  packetRow,
  runCommand,
} from './support/packets'

const PACKETS = 406

test.use({ files: ['page-load'] })

test.beforeEach(async ({ app }) => {
  await expectLoaded(app, PACKETS)
})

test('a valid filter is applied and cleared', async ({ app }) => {
  await filterBox(app).fill('tcp.flags.syn == 1')
  await expect(app.locator('.filter')).toHaveAttribute('data-state', 'valid')
  await filterBox(app).press('Enter')
  await expectCount(app, 32)
  await expect(packetList(app)).toHaveAttribute('aria-rowcount', '33')
  await app.getByRole('button', { name: 'Clear the filter' }).click()
  await expectCount(app, PACKETS)
  await expect(filterBox(app)).toHaveValue('')
})

test('filters show what tshark shows', async ({ app, host }) => {
  test.skip(tsharkVersion === undefined, NO_TSHARK)
  const filters = [
    'arp',
    'dns.qry.name contains "example"',
    'tcp.port == 80 && !http',
    'ip.addr == 10.77.0.53',
    'frame.len > 1000',
    'http.request.method == "GET" && tcp.port == 80',
    'tcp.analysis.retransmission',
  ]
  for (const filter of filters) {
    const run = tshark(['-n', '-r', `${host.folder}/page-load.pcapng`, '-Y', filter, '-T', 'fields', '-e', 'frame.number'])
    const numbers = run.stdout.trim().split('\n')
    await applyFilter(app, filter, numbers.length)
    await packetList(app).press('Home')
    await expect(packetRow(app, Number(numbers[0]))).toHaveAttribute('aria-rowindex', '2')
  }
})

test('a wrong filter is marked and explained, and the list keeps what it shows', async ({ app }) => {
  await applyFilter(app, 'tcp', 335)
  await filterBox(app).fill('tcp.prt == 80')
  await expect(filterBox(app)).toHaveAttribute('aria-invalid', 'true')
  await expect(app.getByRole('alert')).toContainText('Did you mean tcp.port?')
  await filterBox(app).press('Enter')
  await expect(app.locator('.filter')).toContainText('Not applied')
  await expectCount(app, 335)
})

test('what is wrong is said in the language of the page', async ({ app }) => {
  await runCommand(app, 'Language: 简体中文')
  const box = app.getByRole('combobox', { name: '显示过滤器' })
  const problem = app.getByRole('alert')
  await box.fill('tcp.prt == 80')
  await expect(problem).toContainText('tcp.prt 既不是字段也不是协议。您是指 tcp.port 吗？')
  await box.fill('tcp.port == 70000')
  await expect(problem).toContainText('70000 对于 tcp.port 过大；最大值为 65535。')
  await box.press('Enter')
  await expect(problem).toContainText('最大值为 65535。')
})

test('a capture filter typed there is recognised', async ({ app }) => {
  await filterBox(app).fill('tcp port 80')
  await expect(app.getByRole('alert')).toContainText('tcp.port == 80')
})

test('an unfinished filter is no error', async ({ app }) => {
  await filterBox(app).fill('ip.addr ==')
  await expect(app.locator('.filter')).toHaveAttribute('data-state', 'incomplete')
  await expect(filterBox(app)).not.toHaveAttribute('aria-invalid', 'true')
  await expectCount(app, PACKETS)
})

test('completions are accepted with Tab and applied with Enter', async ({ app }) => {
  await filterBox(app).pressSequentially('dns.flags.resp')
  await expect(app.getByRole('option', { name: /^dns\.flags\.response\b/ })).toBeVisible()
  await expect(filterBox(app)).toHaveAttribute('aria-expanded', 'true')
  await filterBox(app).press('Tab')
  await expect(filterBox(app)).toHaveValue('dns.flags.response')
  await expect(filterBox(app)).toBeFocused()
  await filterBox(app).press('Enter')
  await expectCount(app, 64)
})

test('values of this capture are proposed', async ({ app }) => {
  await filterBox(app).pressSequentially('ip.addr == ')
  await expect(app.getByRole('option', { name: /10\.77\.0\.53/ })).toBeVisible()
})

test('the selected packet stays selected where the filter shows it', async ({ app }) => {
  await goToPacket(app, 231)
  await applyFilter(app, 'tcp', 335)
  await expectSelected(app, 231)
  await expect(packetRow(app, 231)).toBeInViewport()
})

test('a filter without a match says so and offers to clear it', async ({ app }) => {
  await applyFilter(app, 'tcp.port == 9', 0)
  await expect(app.getByText('No packet matches')).toBeVisible()
  await app.getByRole('button', { name: 'Clear filter', exact: true }).click()
  await expectCount(app, PACKETS)
})

test('a field of the details becomes a filter, alone and combined', async ({ app }) => {
  await goToPacket(app, 34)
  await detailRow(app, 'Destination Port').click({ button: 'right' })
  await chooseMenu(app, 'Apply as filter', 'Selected')
  await expect(filterBox(app)).toHaveValue('tcp.dstport == 80')
  await expectCount(app, 81)
  await detailRow(app, 'Source Port').click({ button: 'right' })
  await chooseMenu(app, 'Apply as filter', '…and selected')
  await expect(filterBox(app)).toHaveValue('tcp.dstport == 80 && tcp.srcport == 51804')
  await expectShown(app, 34)
})

test('recent filters come back with the arrow key, also after a reload', async ({ app }) => {
  await applyFilter(app, 'arp', 7)
  await applyFilter(app, 'dns', 64)
  await filterBox(app).press('Control+Shift+Slash')
  await expectCount(app, PACKETS)
  await app.reload()
  await expectLoaded(app, PACKETS)
  await filterBox(app).focus()
  await filterBox(app).press('ArrowDown')
  await expect(app.getByRole('option')).toHaveText([/^dns/, /^arp/])
})

test('while a filter is typed, it is put into words and its packets are counted', async ({ app }) => {
  await filterBox(app).fill('tcp.flags.syn == 1')
  await expect(app.getByRole('option').first()).toBeVisible()
  await filterBox(app).press('Escape')
  await expect(app.locator('.filter')).toContainText('Packets where tcp.flags.syn (Syn) is 1.')
  await expect(app.locator('.filter')).toContainText('Would show 32 packets')
  await expectCount(app, PACKETS)
})

test('a filter is saved as a button by keyboard alone, and the button applies and clears it', async ({ app }) => {
  await applyFilter(app, 'arp', 7)
  // only a filter that was found right can be saved
  await expect(app.locator('.filter')).toHaveClass(/\bok\b/)
  await app.getByRole('button', { name: 'Saved and recent filters' }).press('Enter')
  await app.getByRole('menuitem', { name: 'Save this filter …' }).press('Enter')
  await app.getByRole('textbox', { name: 'Name of the button' }).fill('Who has')
  await app.getByRole('textbox', { name: 'Name of the button' }).press('Enter')
  const button = app.getByRole('toolbar', { name: 'Saved filters' }).getByRole('button', { name: 'Who has' })
  await expect(button).toHaveAttribute('aria-pressed', 'true')
  await button.press('Enter')
  await expectCount(app, PACKETS)
  await button.press('Enter')
  await expectCount(app, 7)
  await app.reload()
  await expect(button).toHaveAttribute('aria-pressed', 'true')
})

test('a macro of the settings works in the box', async ({ app }) => {
  await runCommand(app, 'Settings')
  await app.getByRole('button', { name: 'Filters', exact: true }).click()
  const macros = app.getByRole('region', { name: 'Macros' })
  await macros.getByRole('textbox', { name: 'Name' }).fill('opening')
  await macros.getByRole('textbox', { name: 'Filter', exact: true }).fill('tcp.flags.syn == $1')
  await macros.getByRole('textbox', { name: 'Filter', exact: true }).press('Enter')
  await expect(macros.getByText('opening', { exact: true })).toBeVisible()
  await app.keyboard.press('Escape')
  await applyFilter(app, '${opening:1}', 32)
})

test('a cell of the list becomes a filter, and finds the next packet with its value', async ({ app }) => {
  await goToPacket(app, 34)
  await packetRow(app, 34).getByRole('gridcell').nth(2).click({ button: 'right' })
  await chooseMenu(app, 'Apply as filter', 'Selected')
  await expect(filterBox(app)).toHaveValue(/^ip\.src == /)
  await expectShown(app, 34)
})

test('a field is dragged into the box', async ({ app }) => {
  await goToPacket(app, 34)
  await applyFilter(app, 'tcp', 335)
  await goToPacket(app, 34)
  await detailRow(app, 'Destination Port').dragTo(filterBox(app))
  await expect(filterBox(app)).toHaveValue('tcp && tcp.dstport == 80')
})
