#include "CNeuralField.h"
extern const int CNeuralFieldPlaceholder; const int CNeuralFieldPlaceholder = 0;
