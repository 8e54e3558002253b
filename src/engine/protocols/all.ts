// The only list of protocols. Importing it registers them; order matters only for heuristics, which are tried in this order.
import './data'
import './link/arp'
import './link/ethernet'
import './net/ipv4/ipv4'
import './transport/udp'
import './app/dns/protocols'
