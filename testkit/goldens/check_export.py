"""Does Hugging Face read a folder that Headway wrote, and see in it what Headway sees?

    headway trace FOLDER --inputs in.safetensors --out out.safetensors --gradients
    python check_export.py FOLDER --inputs in.safetensors --trace out.safetensors
"""

import argparse
import sys

from common import differences, load, read, report, trace

LIMIT = 1e-4


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--inputs", required=True, help="safetensors with the arguments of forward")
    parser.add_argument("--trace", required=True, help="what `headway trace` wrote for them")
    arguments = parser.parse_args()
    inputs, actual = read(arguments.inputs), read(arguments.trace)
    expected, gradients = trace(load(arguments.folder), inputs)
    if any(name.startswith("grad.") for name in actual):
        expected |= gradients
    unknown = sorted(set(actual) - set(expected))
    if unknown:
        print(f"not known to Hugging Face: {', '.join(unknown)}")
    good = report(differences(expected, actual), LIMIT)
    print("equal" if good else f"DIFFERENT, beyond {LIMIT}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
