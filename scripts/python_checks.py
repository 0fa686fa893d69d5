"""Runs the checks of a module, says how each went, and exits with 1 when one failed."""

import sys


def run_checks(subject, names):
    checks = [value for name, value in names.items() if name.startswith("check_")]
    failed = 0
    for check in checks:
        title = check.__name__.removeprefix("check_").replace("_", " ")
        try:
            print(f"ok      {title}: {check()}", flush=True)
        except Exception as problem:  # every check is reported, whatever broke
            failed += 1
            print(f"FAILED  {title}: {type(problem).__name__}: {problem}", flush=True)
    print(f"{subject}: {len(checks) - failed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)
