/* What is said: about 120 bytes each; one in twenty carries something to mask. */
#include "loadgen.h"

static const char *const TEXTS[] = {
    "سلام، برای ثبت درخواست وام مسکن به راهنمایی شما نیاز دارم، لطفاً.",
    "Hello, I would like to know which papers I have to bring along to your office for the first visit, please?",
    "مدارک لازم را کجا باید بارگذاری کنم؟ سامانه خطا می‌دهد و جلو نمی‌رود.",
    "پروندهٔ من از تاریخ ۱۴۰۲/۰۵/۱۲ در نوبت بررسی است و هنوز پاسخی نیامده.",
    "Thank you, that helps a lot. Should I wait for a letter, or will somebody from your side phone me back?",
    "سه ماه است که کارفرما حقوق ما را نداده و جواب تلفن را هم نمی‌دهد.",
    "برای بازنشستگی پیش از موعد چند سال سابقهٔ بیمه باید داشته باشم؟",
    "The form asks for the number of people in my household; we are 4 at home, and 2 of them go to school.",
    "بله، متوجه شدم. پس اول فرم شمارهٔ ۳ را پر می‌کنم و بعد می‌آیم. ممنونم.",
    "خیلی ممنون از راهنمایی شما؛ فقط هزینهٔ این کار چقدر می‌شود؟",
    "I moved last month. Do I have to tell you about the new address, or does that happen by itself now?",
    "مهلت اعتراض به رأی هیئت چند روز است و از چه زمانی حساب می‌شود؟ با احترام.",
    "قرارداد کار من موقت بود و بعد از یک سال دیگر تمدید نشد، چه کنم؟ سپاسگزارم.",
    "Your colleague said the decision takes up to 45 working days. Is there any way to see how far it is?",
    "پدرم نمی‌تواند حضوری بیاید؛ آیا من می‌توانم به جای او امضا کنم؟",
    "سابقهٔ بیمهٔ من در سامانه کمتر از چیزی است که باید باشد، چرا؟ خیلی ممنون.",
    "Good morning. I am writing about the allowance for my daughter, who starts at the university in autumn.",
    "لطفاً راهنمایی کنید که نوبت حضوری را از کدام بخش باید بگیرم. ممنونم.",
    "هنوز برگهٔ تسویه حساب را از کارگاه نگرفته‌ام، بدون آن هم می‌شود؟",
    "شمارهٔ همراه من 09121234567 است، لطفاً خبر بدهید که کی بیایم. با احترام.",
    "نامهٔ شما را دیروز گرفتم ولی بخش دوم آن را درست متوجه نشدم، راستش.",
    "Yes, I have the contract here and also the pay slips of the last twelve months. What else do you need?",
    "آیا می‌توانم درخواستم را پس بگیرم و دوباره از اول ثبت کنم؟ سپاسگزارم.",
    "کد خطا ۵۰۳ است و نوشته بعداً دوباره امتحان کنید، از صبح همین است.",
    "I am self-employed since spring, so there is no employer who could sign this page. What should I do?",
    "همسرم بیمهٔ خویش‌فرما دارد، می‌تواند من را هم تحت پوشش بگیرد؟ خیلی ممنون.",
    "چند روز طول می‌کشد تا نتیجهٔ کمیسیون به دست ما برسد؟ نگران هستیم.",
    "All right, then I will send the certificate by post and keep a copy of it. Which address is the right one?",
    "ساعت کار اداره در روزهای پنج‌شنبه چطور است؟ از ۸ تا ۱۲ باز است؟ ممنونم.",
    "من کارگر ساختمانی هستم و کارت مهارتم سال گذشته باطل شده است. با احترام.",
    "The online form lost everything when I went back one page. Can somebody see what I had filled in before?",
    "بسیار خوب، پس منتظر پیامک شما می‌مانم و فعلاً کاری نمی‌کنم. سپاسگزارم.",
    "برای وام ازدواج باید هر دو نفر با هم به بانک مراجعه کنیم یا نه؟ خیلی ممنون.",
    "Is it possible to pay the fee in two parts? I can pay one half now and the other half next month.",
    "کارفرمای قبلی من ورشکست شده، طلبم را از چه کسی باید بخواهم؟ ممنونم.",
    "آدرس شعبهٔ نزدیک به ما را دارید؟ ما در شرق شهر زندگی می‌کنیم. با احترام.",
    "I received two letters with different dates. Which of them counts, the one of Monday or the one of Thursday?",
    "اگر روز تعطیل باشد، مهلت به روز کاری بعد منتقل می‌شود یا نه؟ سپاسگزارم.",
    "ممنونم. یک سؤال دیگر هم دارم: این کار برای برادرم هم لازم است؟",
    "My card for the refund is 6037 9900 0000 0006 and it is in my own name, if you need that for the form.",
};
#define TEXT_COUNT (sizeof TEXTS / sizeof *TEXTS)

const char *text_of(const Socket *socket) {
    return TEXTS[(socket->n + (socket - sockets) * 7) % TEXT_COUNT];
}
