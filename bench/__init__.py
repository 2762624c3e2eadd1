"""Programs that measure the house against honest peers and print what they saw.

    python -m bench              the names
    python -m bench NAME         one figure: one line of JSON
    make bench, make bench-quick all of them

Only what the public has is driven: sockets of a running server, and the operations. The server
under measurement has one core to itself, whoever drives it has the other; contenders take turns,
and only ratios within one run mean anything (docs/adr/0009).
"""
