#!/usr/bin/env python3
"""Records real TCP connections between two network namespaces of this machine, with the kernel's own state transitions beside them.

    python3 scripts/record-tcp-states.py FOLDER [SCENARIO ...]

Needs root, /dev/net/tun and tracefs. Each scenario writes NAME.pcap (as seen at the client's interface, unless it says otherwise) and NAME.truth.json, in the
form that ../shared/truth/check-states.mjs reads. Frames travel through this program, which delays them by 10 ms each way and loses those that a scenario names.
"""
import json
import os
import struct
import sys

from tcp_states import carriage, closing, opening, resets
from tcp_states.network import CLIENT, DELAY, SERVER, Kernel, Network


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for scenario in opening.SCENARIOS + closing.SCENARIOS + resets.SCENARIOS + carriage.SCENARIOS:
        name = scenario.__name__.replace('_', '-')
        if len(sys.argv) > 2 and name not in sys.argv[2:]:
            continue
        net, kernel = Network(), Kernel()
        scenario(net)
        transitions = kernel.transitions()
        net.close()
        with open(f'{folder}/{name}.pcap', 'wb') as out:
            out.write(struct.pack('<IHHiIII', 0xa1b23c4d, 2, 4, 0, 0, 262144, 1))
            for at, frame in net.packets:
                out.write(struct.pack('<IIII', int(at), int(at % 1 * 1e9), len(frame), len(frame)) + frame)
        with open(f'{folder}/{name}.truth.json', 'w') as out:
            json.dump({'scenario': name, 'one_way_delay_s': DELAY, 'capture_point': SERVER if net.at_server else CLIENT,
                       'transitions': transitions}, out, indent=1)
        print(name, len(net.packets), 'packets', len(transitions), 'transitions')


main()
