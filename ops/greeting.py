"""What is printed once the house is open: where to go, and as whom, in both languages."""

from django.core.management import call_command

DOORS = (
    ("/", "شهروند", "citizen, in Persian"),
    ("/en/", "شهروند، انگلیسی", "citizen, in English"),
    ("/track/", "پیگیری", "follow a case"),
    ("/staff/", "کارشناس و ناظر", "counsellor and supervisor"),
    ("/admin/", "مدیر", "administrator"),
)


def greet(address: str) -> None:
    """Print the doors and the demo sign-ins."""
    print("\nRayzan is open.  رایزن باز است.\n")
    for path, persian, english in DOORS:
        print(f"  {address + path:<34} {english}  ·  {persian}")
    print(flush=True)
    call_command("demo_signins")
    print("\nCtrl-C stops it.  برای توقف Ctrl-C را بزنید.", flush=True)
