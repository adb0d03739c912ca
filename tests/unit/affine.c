/* affine: exact changes of scale, whichever way a number takes */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "number/affine.h"

#include "../random.h"

enum scale { TO_CELSIUS, TO_FAHRENHEIT, CELSIUS_STEP, FAHRENHEIT_STEP, LARGE, HALF, SAME };

static const struct affine scales[] = {
	[TO_CELSIUS] = { 5, -160, 9 },
	[TO_FAHRENHEIT] = { 9, 160, 5 },
	[CELSIUS_STEP] = { 5, 0, 9 },
	[FAHRENHEIT_STEP] = { 9, 0, 5 },
	[LARGE] = { 9223372036854775783, -9223372036854775643, 9223372036854775549 },
	[HALF] = { 1, 0, 2 },
	[SAME] = { 1, 0, 1 },
};

struct row {
	const char *text;
	enum scale scale;
	int digits;
	const char *result;
};

static const char *changed(const char *text, const struct affine *f, int digits)
{
	static char result[NUM_MAX + 1];
	size_t n = strlen(text);
	char *copy = malloc(n);

	memcpy(copy, text, n);
	result[affine_print(result, (struct slice){ copy, n }, f, digits)] = 0;
	free(copy);
	return result;
}

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_string_equal(changed(rows[i].text, &scales[rows[i].scale], rows[i].digits),
			rows[i].result);
}

static void known(void **state)
{
	static const struct row rows[] = {
		{ "36.14", TO_CELSIUS, -1, "2.3" },
		{ "36.140", TO_CELSIUS, -1, "2.3" },
		{ "3614E-2", TO_CELSIUS, -1, "2.3" },
		{ "-40", TO_CELSIUS, -1, "-40" },
		{ "-40.0", TO_FAHRENHEIT, -1, "-40" },
		{ "32", TO_CELSIUS, -1, "0" },
		{ "212", TO_CELSIUS, -1, "100" },
		{ "0", TO_CELSIUS, -1, "-17.77777777777778" },
		{ "-0", TO_FAHRENHEIT, -1, "32" },
		{ "37", TO_FAHRENHEIT, -1, "98.6" },
		{ "1.8", CELSIUS_STEP, -1, "1" },
		{ "0.1", FAHRENHEIT_STEP, -1, "0.18" },
		{ "36.14", TO_CELSIUS, 2, "2.3" },
		{ "36.14", TO_CELSIUS, 0, "2" },
		{ "0", TO_CELSIUS, 3, "-17.778" },
		{ "31.99", TO_CELSIUS, 1, "0" },
		{ "1e20", TO_FAHRENHEIT, -1, "180000000000000000032" },
		{ "5e20", TO_FAHRENHEIT, -1, "900000000000000000032" },
		{ "1e21", TO_FAHRENHEIT, -1, "1.8e21" },
		{ "123456789012345678901234567890", SAME, -1, "1.2345678901234568e29" },
		{ "123456789012345678901", SAME, -1, "123456789012345678901" },
		{ "123456789012345678901", SAME, 2, "123456789012345678901" },
		{ "-999999999999999999999.00", SAME, -1, "-999999999999999999999" },
		{ "999999999999999999999.5", SAME, -1, "1e21" },
		{ "1000000000000000000000", SAME, -1, "1e21" },
		{ "9007199254740993", SAME, -1, "9007199254740993" },
		{ "9007199254740993.5", SAME, -1, "9007199254740994" },
		{ "18446744073709551617", HALF, -1, "9223372036854776000" },
		{ "18446744073709551617", HALF, 0, "9223372036854775809" },
		{ "-1e21", SAME, -1, "-1e21" },
		{ "9223372036854775807e18", LARGE, -1, "9.223372036854776e36" },
		{ "1e999", TO_CELSIUS, -1, "" },
		{ "-1e999", TO_CELSIUS, 2, "" },
		{ "1.7976931348623157e308", TO_FAHRENHEIT, -1, "" },
		{ "1.7976931348623157e308", TO_FAHRENHEIT, 9, "" },
		{ "1e99999999999999999999", SAME, -1, "" },
		{ "1.7976931348623158e308", SAME, -1, "1.7976931348623157e308" },
		{ "1e-999", TO_CELSIUS, -1, "-17.77777777777778" },
		{ "1e-999", CELSIUS_STEP, -1, "0" },
		{ "-1e-999", SAME, 2, "0" },
		{ "0e999999", TO_FAHRENHEIT, -1, "32" },
		{ "4.9e-324", SAME, -1, "5e-324" },
		{ "1e-323", HALF, -1, "5e-324" },
		{ "2.4703282292062328e-324", SAME, -1, "5e-324" },
		{ "2.4703282292062327e-324", SAME, -1, "0" },
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows);
}

static void rounding(void **state)
{
	static const struct row rows[] = {
		{ "2.5", SAME, 0, "3" },
		{ "-2.5", SAME, 0, "-3" },
		{ "2.4999999999999999999999999", SAME, 0, "2" },
		{ "0.5", SAME, 0, "1" },
		{ "-0.5", SAME, 0, "-1" },
		{ "-0.4", SAME, 0, "0" },
		{ "0.285", SAME, 2, "0.29" },
		{ "1.005", SAME, 2, "1.01" },
		{ "-1.005", SAME, 2, "-1.01" },
		{ "0.57", HALF, 2, "0.29" },
		{ "2.30", SAME, 2, "2.3" },
		{ "2.30", SAME, 99, "2.3" },
		{ "9.995", SAME, 2, "10" },
		{ "999999999999999999999.5", SAME, 0, "1e21" },
		{ "999999999999999999998.5", SAME, 0, "999999999999999999999" },
		{ "123456789012345678.55", SAME, 1, "123456789012345680" },
		{ "0.1234567890123456785", SAME, 18, "0.12345678901234568" },
		{ "1e-18", SAME, 18, "1e-18" },
		{ "5e-19", SAME, 18, "1e-18" },
		{ "5e-20", SAME, 19, "1e-19" },
		{ "4.99e-20", SAME, 19, "0" },
		{ "5e-100", SAME, 99, "1e-99" },
		{ "5e-37", SAME, 36, "1e-36" },
		{ "5e-36", SAME, 35, "1e-35" },
		{ "1e-400", SAME, 0, "0" },
		{ "1e300", SAME, 0, "1e300" },
		{ "20e-1", HALF, 0, "1" },
		{ "0.12345678901234567", SAME, 17, "0.12345678901234566" },
		{ "8.2345678901234567", SAME, 16, "8.234567890123456" },
		{ "999999999999999999999.99999", SAME, 2, "1e21" },
		{ "-999999999999999999999.99999", SAME, 0, "-1e21" },
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows);
}

/* Any numbers; the results are those of arithmetic with fractions. */
static void any(void **state)
{
	static const struct row rows[] = {
		{ "18227", CELSIUS_STEP, 3, "10126.111" },
		{ "905e-15", TO_CELSIUS, -1, "-17.777777777777274" },
		{ "-999782736870.951308449", TO_CELSIUS, 19, "-555434853834.9729" },
		{ "81.6824", CELSIUS_STEP, -1, "45.37911111111111" },
		{ "-148.73", TO_FAHRENHEIT, 17, "-235.714" },
		{ "101.84", TO_CELSIUS, 17, "38.8" },
		{ "-6", FAHRENHEIT_STEP, -1, "-10.8" },
		{ "-100.0", TO_FAHRENHEIT, 19, "-148" },
		{ "961795E-0", CELSIUS_STEP, 1, "534330.6" },
		{ "62.20", CELSIUS_STEP, 1, "34.6" },
		{ "-5.3275067650e+184", TO_FAHRENHEIT, 19, "-9.589512177e184" },
		{ "-7.1130031252053E+85", CELSIUS_STEP, 2, "-3.9516684028918334e85" },
		{ "120.4", FAHRENHEIT_STEP, -1, "216.72" },
		{ "65.9251", CELSIUS_STEP, -1, "36.625055555555555" },
		{ "-3.01223248851734e+259", TO_CELSIUS, -1, "-1.6734624936207443e259" },
		{ "155.3585", FAHRENHEIT_STEP, -1, "279.6453" },
		{ "683455585", CELSIUS_STEP, -1, "379697547.2222222" },
		{ "0.11506423099522230465960", CELSIUS_STEP, -1, "0.0639245727751235" },
		{ "124", CELSIUS_STEP, 3, "68.889" },
		{ "-39.785", CELSIUS_STEP, 2, "-22.1" },
		{ "193", CELSIUS_STEP, 9, "107.222222222" },
		{ "-0.9412", CELSIUS_STEP, -1, "-0.5228888888888888" },
		{ "0.582311427540638434934", CELSIUS_STEP, 1, "0.3" },
		{ "28.03541759862", CELSIUS_STEP, -1, "15.575231999233333" },
		{ "86550", TO_FAHRENHEIT, 40, "155822" },
		{ "585606817.33648522766", TO_FAHRENHEIT, -1, "1054092303.2056735" },
		{ "-159", TO_CELSIUS, -1, "-106.11111111111111" },
		{ "-38.675", CELSIUS_STEP, 40, "-21.48611111111111" },
		{ "517e+7", CELSIUS_STEP, -1, "2872222222.2222223" },
		{ "72.9", FAHRENHEIT_STEP, -1, "131.22" },
		{ "105", CELSIUS_STEP, -1, "58.333333333333336" },
		{ "0.26514020449672054834", FAHRENHEIT_STEP, -1, "0.477252368094097" },
		{ "142.4", LARGE, -1, "141.4" },
		{ "-17", LARGE, -1, "-18" },
		{ "-8.6e222", FAHRENHEIT_STEP, -1, "-1.548e223" },
		{ "-0.9771033418698", FAHRENHEIT_STEP, 40, "-1.75878601536564" },
		{ "-199.41", CELSIUS_STEP, 3, "-110.783" },
		{ "117.7094", TO_CELSIUS, 19, "47.61633333333333" },
		{ "-3.3924E42", FAHRENHEIT_STEP, -1, "-6.10632e42" },
		{ "-1.2815E+294", TO_CELSIUS, 2, "-7.119444444444444e293" },
		{ "666e-23", TO_CELSIUS, -1, "-17.77777777777778" },
		{ "6.032166e+191", TO_FAHRENHEIT, 40, "1.08578988e192" },
		{ "92890680928231335.5555553", TO_CELSIUS, 9, "51605933849017390" },
		{ "-60.67", FAHRENHEIT_STEP, -1, "-109.206" },
		{ "65.0", FAHRENHEIT_STEP, 19, "117" },
		{ "2.52854700463833e272", FAHRENHEIT_STEP, 40, "4.551384608348994e272" },
		{ "120097952335375946.541", CELSIUS_STEP, 40, "66721084630764420" },
		{ "518300E19", TO_CELSIUS, 2, "2.879444444444444e24" },
		{ "8.69862E-154", LARGE, -1, "-1" },
		{ "0.0210", CELSIUS_STEP, -1, "0.011666666666666667" },
		{ "-127", TO_CELSIUS, 2, "-88.33" },
		{ "191.1", CELSIUS_STEP, -1, "106.16666666666667" },
		{ "-8.5947753513863e-242", CELSIUS_STEP, 9, "0" },
		{ "-60.7678", FAHRENHEIT_STEP, 17, "-109.38204" },
		{ "-50.276", FAHRENHEIT_STEP, -1, "-90.4968" },
		{ "2.62817925136612072e-182", LARGE, -1, "-1" },
		{ "-4.7", TO_FAHRENHEIT, 6, "23.54" },
		{ "94", TO_CELSIUS, -1, "34.44444444444444" },
		{ "132.0", TO_FAHRENHEIT, 19, "269.6" },
		{ "-50.729", FAHRENHEIT_STEP, 19, "-91.3122" },
		{ "196.6458", CELSIUS_STEP, 0, "109" },
		{ "-115.0288", CELSIUS_STEP, -1, "-63.90488888888889" },
		{ "0.65896701757086110757", TO_FAHRENHEIT, 0, "33" },
		{ "50.942", CELSIUS_STEP, -1, "28.301111111111112" },
		{ "2.12669823638444E-50", CELSIUS_STEP, -1, "1.1814990202135778e-50" },
		{ "-7E24", TO_CELSIUS, -1, "-3.888888888888889e24" },
		{ "0.572563", FAHRENHEIT_STEP, 3, "1.031" },
		{ "-882374e-24", TO_FAHRENHEIT, 40, "32" },
		{ "0.84685772943", TO_FAHRENHEIT, 19, "33.524343912974" },
		{ "62987499894637536834498", TO_CELSIUS, -1, "3.4993055497020854e22" },
		{ "473.3874736669582786307457139833", TO_FAHRENHEIT, 19, "884.0974526005249" },
		{ "-53.54", LARGE, -1, "-54.54" },
		{ "-72.8", FAHRENHEIT_STEP, 40, "-131.04" },
		{ "-184.7", TO_FAHRENHEIT, -1, "-300.46" },
		{ "-96.814", TO_FAHRENHEIT, -1, "-142.2652" },
		{ "-7.91264680E+88", FAHRENHEIT_STEP, -1, "-1.424276424e89" },
		{ "-0.93396833469199217", TO_FAHRENHEIT, 17, "30.318856997554413" },
		{ "7.51465314442838976E170", CELSIUS_STEP, -1, "4.174807302460217e170" },
		{ "31168e+14", TO_FAHRENHEIT, -1, "5610240000000000032" },
		{ "-0.894921706", FAHRENHEIT_STEP, -1, "-1.6108590708" },
		{ "-3491665", FAHRENHEIT_STEP, -1, "-6284997" },
		{ "-145", FAHRENHEIT_STEP, 0, "-261" },
		{ "187.3", CELSIUS_STEP, 2, "104.06" },
		{ "7.79527150481E211", FAHRENHEIT_STEP, -1, "1.4031488708658e212" },
		{ "-605584e+6", FAHRENHEIT_STEP, 1, "-1090051200000" },
		{ "191", TO_CELSIUS, 6, "88.333333" },
		{ "-25", TO_CELSIUS, -1, "-31.666666666666668" },
		{ "131", TO_FAHRENHEIT, -1, "267.8" },
		{ "-3.940", LARGE, -1, "-4.94" },
		{ "-0.648280383", TO_FAHRENHEIT, -1, "30.8330953106" },
		{ "-0.3", FAHRENHEIT_STEP, 2, "-0.54" },
		{ "5.95405591e+66", TO_CELSIUS, -1, "3.3078088388888887e66" },
		{ "-751202912092068321221635", FAHRENHEIT_STEP, -1, "-1.352165241765723e24" },
		{ "132.7", CELSIUS_STEP, -1, "73.72222222222223" },
		{ "-16.0", FAHRENHEIT_STEP, -1, "-28.8" },
		{ "143.8984", CELSIUS_STEP, -1, "79.94355555555556" },
		{ "-1.48", FAHRENHEIT_STEP, -1, "-2.664" },
		{ "9534E+16", CELSIUS_STEP, -1, "52966666666666660000" },
		{ "-4.61164852222567332e+67", CELSIUS_STEP, -1, "-2.5620269567920407e67" },
		{ "-3.441870336974e-154", FAHRENHEIT_STEP, 2, "0" },
		{ "-62E-2", TO_CELSIUS, 2, "-18.12" },
		{ "-123.2798", TO_FAHRENHEIT, -1, "-189.90364" },
		{ "4.8862425185768E+1", CELSIUS_STEP, 6, "27.145792" },
		{ "0.82438724127", TO_FAHRENHEIT, 19, "33.483897034286" },
		{ "10", CELSIUS_STEP, 3, "5.556" },
		{ "-4.5738797E-78", FAHRENHEIT_STEP, 2, "0" },
		{ "90222e17", TO_FAHRENHEIT, 3, "1.623996e22" },
		{ "0.33134264815", CELSIUS_STEP, 1, "0.2" },
		{ "0.34812897143908922979", TO_CELSIUS, -1, "-17.58437279364495" },
		{ "-0.67", CELSIUS_STEP, -1, "-0.37222222222222223" },
		{ "-13.8991", CELSIUS_STEP, 18, "-7.721722222222223" },
		{ "-71629639", TO_CELSIUS, 40, "-39794261.666666664" },
		{ "-176.35", FAHRENHEIT_STEP, -1, "-317.43" },
		{ "87e-3", TO_CELSIUS, 17, "-17.729444444444443" },
		{ "-200", LARGE, 9, "-201" },
		{ "-684726071884", TO_CELSIUS, -1, "-380403373286.6667" },
		{ "2713890742598", LARGE, -1, "2713890742597" },
		{ "9.26214e-86", CELSIUS_STEP, -1, "5.1456333333333335e-86" },
		{ "-41257e-20", TO_CELSIUS, -1, "-17.77777777777778" },
		{ "0.618034925542769692", CELSIUS_STEP, 0, "0" },
		{ "8.760e+295", FAHRENHEIT_STEP, 6, "1.5768e296" },
		{ "-2.5730622893215e-134", TO_CELSIUS, -1, "-17.77777777777778" },
		{ "673573842462444330634788.51", LARGE, 3, "6.735738424624443e23" },
		{ "179.6313", TO_CELSIUS, -1, "82.01738888888889" },
		{ "-46", FAHRENHEIT_STEP, 2, "-82.8" },
		{ "-0.801009339918957", TO_CELSIUS, 18, "-18.222782966621644" },
		{ "-87325e-15", TO_CELSIUS, 6, "-17.777778" },
		{ "77743143185032154634854648090", FAHRENHEIT_STEP, -1, "1.3993765773305788e29" },
		{ "-185.378", CELSIUS_STEP, 19, "-102.98777777777778" },
		{ "-64289296291571191337763981.559", LARGE, -1, "-6.428929629157119e25" },
		{ "7398308774", TO_CELSIUS, 1, "4110171523.3" },
		{ "-3.827434595192E216", TO_FAHRENHEIT, -1, "-6.8893822713456e216" },
		{ "0.587709747882447254", CELSIUS_STEP, -1, "0.3265054154902485" },
		{ "0.5811046", TO_FAHRENHEIT, 40, "33.04598828" },
		{ "-9.390E257", LARGE, 19, "-9.39e257" },
		{ "0.8637165354", FAHRENHEIT_STEP, 40, "1.55468976372" },
		{ "-5497047335725.43022941789", TO_CELSIUS, -1, "-3053915186531.906" },
		{ "-686914392308349138002218180894", FAHRENHEIT_STEP, 19,
			"-1.2364459061550284e30" },
		{ "0.36", TO_CELSIUS, 3, "-17.578" },
		{ "-0.7", FAHRENHEIT_STEP, 3, "-1.26" },
		{ "89", TO_FAHRENHEIT, 18, "192.2" },
		{ "-796268991141454", TO_FAHRENHEIT, -1, "-1433284184054585.2" },
		{ "-78.8", LARGE, -1, "-79.8" },
		{ "89", TO_FAHRENHEIT, 9, "192.2" },
		{ "97.43", TO_FAHRENHEIT, -1, "207.374" },
		{ "-107.98", FAHRENHEIT_STEP, -1, "-194.364" },
		{ "172", FAHRENHEIT_STEP, 18, "309.6" },
		{ "2.21884151e+314", LARGE, 19, "" },
		{ "-1.9e-161", TO_FAHRENHEIT, -1, "32" },
		{ "-172", CELSIUS_STEP, -1, "-95.55555555555556" },
		{ "0.572476819087", TO_CELSIUS, 2, "-17.46" },
		{ "3882005722348908804846", TO_CELSIUS, 40, "2.1566698457493938e21" },
		{ "10.7", TO_CELSIUS, 0, "-12" },
		{ "-848064706602647314.6560", CELSIUS_STEP, -1, "-471147059223692900" },
		{ "108.59", CELSIUS_STEP, 17, "60.327777777777776" },
		{ "-9.242577958e159", CELSIUS_STEP, 0, "-5.134765532222222e159" },
		{ "189.16", FAHRENHEIT_STEP, 18, "340.488" },
		{ "102.31", LARGE, -1, "101.31" },
		{ "-87571533710462612736470716", TO_FAHRENHEIT, 40, "-1.576287606788327e26" },
		{ "63.72", FAHRENHEIT_STEP, 0, "115" },
		{ "-0.8419162175486", FAHRENHEIT_STEP, -1, "-1.51544919158748" },
		{ "-16", CELSIUS_STEP, 1, "-8.9" },
		{ "-6.88968E-145", TO_CELSIUS, -1, "-17.77777777777778" },
		{ "169.09", CELSIUS_STEP, -1, "93.93888888888888" },
		{ "0.1191067887741492746609375", TO_FAHRENHEIT, -1, "32.21439221979347" },
		{ "130", TO_FAHRENHEIT, 17, "266" },
		{ "27", TO_CELSIUS, 40, "-2.7777777777777777" },
		{ "145", CELSIUS_STEP, -1, "80.55555555555556" },
		{ "136.4", TO_CELSIUS, -1, "58" },
		{ "-46.4392", LARGE, 17, "-47.4392" },
		{ "1447967536282820343", TO_CELSIUS, -1, "804426409046011300" },
		{ "-106.3422", CELSIUS_STEP, -1, "-59.079" },
		{ "21e16", FAHRENHEIT_STEP, -1, "378000000000000000" },
		{ "-0.1713173499374543", TO_CELSIUS, 2, "-17.87" },
		{ "143.8419", LARGE, 0, "143" },
		{ "92.1465", TO_CELSIUS, 19, "33.414722222222224" },
		{ "7738618350547178322850303502", LARGE, 3, "7.738618350547179e27" },
		{ "541863E14", FAHRENHEIT_STEP, -1, "97535340000000000000" },
		{ "724451e+1", TO_CELSIUS, -1, "4024710" },
		{ "429E-20", TO_FAHRENHEIT, 2, "32" },
		{ "-513208E14", TO_FAHRENHEIT, 19, "-92377439999999999968" },
		{ "-328448718287113695", CELSIUS_STEP, -1, "-182471510159507620" },
		{ "-155.605", CELSIUS_STEP, 6, "-86.447222" },
		{ "3.319549167255379e-232", TO_FAHRENHEIT, 6, "32" },
		{ "-158.0022", FAHRENHEIT_STEP, 1, "-284.4" },
		{ "0.04642660904698", TO_CELSIUS, -1, "-17.751985217196122" },
		{ "-0.11831422522265912", CELSIUS_STEP, 1, "-0.1" },
		{ "0.14882193613438", TO_CELSIUS, -1, "-17.695098924369788" },
		{ "0.3221148", TO_CELSIUS, -1, "-17.59882511111111" },
		{ "2392539548", TO_FAHRENHEIT, 2, "4306571218.4" },
		{ "-174.13", CELSIUS_STEP, 18, "-96.7388888888889" },
		{ "168", TO_FAHRENHEIT, -1, "334.4" },
		{ "3340E8", TO_FAHRENHEIT, 9, "601200000032" },
		{ "-0.44543", CELSIUS_STEP, 3, "-0.247" },
		{ "-0.6042627", TO_CELSIUS, -1, "-18.113479277777778" },
		{ "151.96", TO_FAHRENHEIT, -1, "305.528" },
		{ "-68.6", LARGE, -1, "-69.60000000000001" },
		{ "-154", FAHRENHEIT_STEP, 6, "-277.2" },
		{ "140.322", TO_FAHRENHEIT, 40, "284.5796" },
		{ "0.10378138879098599715", TO_FAHRENHEIT, -1, "32.186806499823774" },
		{ "381099.68345469509", TO_FAHRENHEIT, -1, "686011.4302184512" },
		{ "0.002579525432902332", TO_FAHRENHEIT, -1, "32.00464314577923" },
		{ "-154.7561", TO_FAHRENHEIT, 0, "-247" },
		{ "126.6815", FAHRENHEIT_STEP, 0, "228" },
		{ "9.0336E-224", TO_CELSIUS, -1, "-17.77777777777778" },
		{ "-153", TO_CELSIUS, -1, "-102.77777777777777" },
		{ "-62e+3", CELSIUS_STEP, 9, "-34444.444444444" },
		{ "884379006146815.9829430", TO_FAHRENHEIT, 9, "1591882211064300.8" },
		{ "0.181479139655168188", TO_FAHRENHEIT, -1, "32.326662451379306" },
		{ "-100.419", CELSIUS_STEP, 3, "-55.788" },
		{ "470e1", FAHRENHEIT_STEP, 1, "8460" },
		{ "6E+7", TO_FAHRENHEIT, -1, "108000032" },
		{ "0.478", TO_CELSIUS, 3, "-17.512" },
		{ "3", FAHRENHEIT_STEP, 18, "5.4" },
		{ "32", TO_CELSIUS, 1, "0" },
		{ "58.6962", FAHRENHEIT_STEP, -1, "105.65316" },
		{ "117.36", LARGE, -1, "116.36" },
		{ "161.1", TO_CELSIUS, -1, "71.72222222222223" },
		{ "-23.84", FAHRENHEIT_STEP, -1, "-42.912" },
		{ "131.53", FAHRENHEIT_STEP, -1, "236.754" },
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows);
}

/* 2^53 + 1 is half-way between two doubles; the last of a million digits decides. */
static void long_texts(void **state)
{
	enum { LENGTH = 1000000 };
	char *text = malloc(LENGTH + 1);

	(void)state;
	/* (5 x - 160) / 9 is 2^53 + 1 for this x. */
	memset(text, '0', LENGTH);
	text[LENGTH] = 0;
	memcpy(text, "16212958658533819.4", 19);
	assert_string_equal(changed(text, &scales[TO_CELSIUS], -1), "9007199254740993");
	text[LENGTH - 1] = '1';
	assert_string_equal(changed(text, &scales[TO_CELSIUS], -1), "9007199254740994");
	assert_string_equal(changed(text, &scales[TO_CELSIUS], 3), "9007199254740993");
	text[LENGTH - 1] = '0';
	text[18] = '3';
	memset(text + 19, '9', LENGTH - 19);
	assert_string_equal(changed(text, &scales[TO_CELSIUS], -1), "9007199254740992");

	/* 9 x / 5 is 2^53 + 1 for an x with endless digits. */
	memset(text, '3', LENGTH);
	memcpy(text, "5003999585967218.", 17);
	assert_string_equal(changed(text, &scales[FAHRENHEIT_STEP], -1), "9007199254740992");
	text[LENGTH - 1] = '4';
	assert_string_equal(changed(text, &scales[FAHRENHEIT_STEP], -1), "9007199254740994");
	free(text);
}

/* Zeros behind a number change its way through the program and nothing else. */
static void ways_agree(void **state)
{
	(void)state;
	for (int i = 0; i < 100000; i++) {
		char text[64], zeros[128], result[NUM_MAX + 1];
		const struct affine *f = &scales[any_of(TO_CELSIUS, SAME)];
		int digits = any_of(-1, 6), after = any_of(1, 9);

		snprintf(text, sizeof text, "%s%d.%0*d", any_of(0, 1) ? "-" : "", any_of(0, 99999),
			after, any_of(0, 9));
		snprintf(zeros, sizeof zeros, "%s%030d", text, 0);
		strcpy(result, changed(text, f, digits));
		assert_string_equal(changed(zeros, f, digits), result);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known),
		cmocka_unit_test(rounding),
		cmocka_unit_test(any),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(ways_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
