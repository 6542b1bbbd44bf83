// Package crashtest kills the program, as it is delivered, again and again while
// people use it, and then compares what each of them saw with what the store says.
//
// Who is simulated. A crowd of learners (learners_test.go) presses as soon as a
// question has come, and types and presses what makes no sense in between; idle
// people only get what is sent to everyone. Readers go through lessons, leavers have
// themselves erased, others wait for daily rounds (reader, leaver, daily). A
// coordinator at a desk makes a class and sends notices. They meet the bot on a
// stage: Telegram, Slack, or browsers on the web chat. One ordeal kills the program,
// another Redis, a third one of two instances.
//
// What is checked. Nobody is stuck: everybody can go on. No message is lost, order
// holds, and nobody gets more doubles than were in flight at a kill. A mark is given
// once and is right. What is recorded is what was seen, on the embedded store and on
// Redis. Who was forgotten is in no file. The log tells of no panic, no data race,
// nothing rejected, nothing in quarantine. ledger is what the store says.
//
// How to repeat. Each test logs its seed: CADREBOT_CRASH_SEED=N gives people the
// same wits and kills the same moments, as far as two processes and a network keep
// time. CADREBOT_CRASH_KILLS=N kills so often, CADREBOT_CRASH_PROGRAM names a program
// that is built already. With -short nobody is killed.
//
// It must never look inside the program: it knows what people see, /metrics, the log
// and the store. A crowd names no platform; one platform is one file, its stage.
package crashtest
