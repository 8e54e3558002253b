// The only list of protocols. Importing it registers them; order matters only for heuristics, which are tried in this order.
import './data'
import './link/arp'
