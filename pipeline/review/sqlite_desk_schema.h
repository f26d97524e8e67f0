// Version 3 of the queue's file: the tables of what people do with items, and the rules of their
// work as the file itself keeps them.
#pragma once

namespace pantau {

// In this order: what is new; what older items lack in it; and then the triggers, which keep it so.
extern const char* const schema_of_version_3;
extern const char* const fill_of_version_3;
extern const char* const triggers_of_version_3;
// One of the triggers, apart: files that came to version 3 before version 4 have a slow one.
extern const char* const counts_follow_state_trigger;

}  // namespace pantau
